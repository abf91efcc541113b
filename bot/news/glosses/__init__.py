"""Reports in languages of Europe put into English, phrase by phrase, for those who read English: figures and who claims them."""

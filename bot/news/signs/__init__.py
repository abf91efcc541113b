"""What words tell by the company they keep: scenes, frames, armies, voices, reactions."""

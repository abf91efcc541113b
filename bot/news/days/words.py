"""How English writes days: the pattern of every expression, and the words that say of what a day is."""

from __future__ import annotations

import re

from bot.news.text.words import DAY_NAMES, word_set

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: number for number, word in enumerate(COUNTS, 1)} | {"a": 1}
MANY = rf"{'|'.join(COUNTS[1:])}|\d{{1,2}}"

_M = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%])(?!,\d{3})"
_Y = r"(?:,?\s(?P<{0}>(?:19|20)\d\d)\b(?!\s(?:people|civilians|soldiers|families)))?"
_W = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TO = r"\s?(?P<{0}>[-–—]|to|and|until|till|through)\s?"

TELLING = frozenset([*MONTHS, *DAY_NAMES]) | word_set(
    "jan feb mar apr jun jul aug sep sept oct nov dec yesterday today tonight night overnight morning evening day days weekend"
)
EXPRESSION = re.compile(
    "|".join(
        [
            r"(?P<iso>\b(?:19|20)\d\d-[01]\d-[0-3]\d\b)",
            rf"(?P<span>\b(?P<m1>{_M})\s(?P<d1>{_D}){_Y.format('y1')}{_TO.format('to1')}(?P<m2>{_M})\s(?P<d2>{_D}){_Y.format('y2')})",
            rf"(?P<from>\b(?P<d9>{_D})\s(?P<m10>{_M}){_Y.format('y11')}\s?(?:[-–—]|to|until|till|through)\s?(?P<d10>{_D})\s(?P<m11>{_M})\b{_Y.format('y12')})",
            rf"(?P<days>\b(?P<m3>{_M})\s(?P<d3>{_D}){_TO.format('to3')}(?P<d4>{_D})(?!\s?[ap]\.?m\b){_Y.format('y3')})",
            rf"(?P<yad>\b(?P<d5>{_D}){_TO.format('to5')}(?P<d6>{_D})\s(?P<m5>{_M})\b{_Y.format('y5')})",
            rf"(?P<day>\b(?:(?P<w1>{_W}),?\s)?(?P<m7>{_M})\s(?P<d7>{_D}){_Y.format('y7')}(?!\s?(?:%|percent|people|civilians|soldiers|troops)))",
            rf"(?P<dmy>\b(?:(?P<w2>{_W}),?\s)?(?P<d8>{_D})\s(?:of\s)?(?P<m8>{_M})\b{_Y.format('y8')})",
            rf"(?P<month>\b(?P<last>last\s|this\s|next\s)?(?P<m9>{_M})(?![a-z])(?:,?\s(?:of\s)?(?P<y9>(?:19|20)\d\d)\b|\s(?P<rel9>this|last)\syear\b)?)",
            r"(?P<ordinal>\b[Tt]he\s(?P<o1>\d{1,2})(?:st|nd|rd|th)\b(?!\s\w+(?:ury|ion|ment)))",
            rf"(?P<week>\b(?:(?P<lastw>[Ll]ast|[Nn]ext)\s)?(?P<w3>{_W})(?:(?:\s(?:and|to|through)\s|[-–])(?P<w4>{_W}))?(?!\s(?:prayer|sermon|[Mm]osque)))",
            r"(?P<ago>(?<!\bin\s)\b(?P<n1>\d{1,2}|[A-Za-z]{1,5})\sdays?\s(?P<dir>ago|earlier|later|after|into)\b)",
            r"(?P<near>\b(?:(?:[Oo]ver\s|[Aa]t\s|[Ll]ast\s|[Tt]his\s)?(?:[Tt]he\s)?weekend(?!ers?\b)|[Yy]esterday|[Tt]oday|[Tt]onight|[Ll]ast\snight|[Oo]vernight|[Tt]his\smorning|[Tt]he\s(?:day|night|evening|afternoon|morning)\sbefore(?!\s(?:the|a|an|his|her|its|their|that|this)\b)|[Tt]he\s(?:previous|preceding)\s(?:day|night|evening|afternoon|morning))\b)",
            r"(?P<year>\b(?:[Ii]n|[Ss]ince|[Oo]f|[Dd]uring)\s(?P<y10>(?:19|20)\d\d)\b)",
        ]
    )
)

REACH = 90  # characters between "will" and its day
PAST = r"after|over(?!\s(?:Eid|Ramazan|Ramadan|the\s(?:holiday|weekend|next|coming)))|since|following|behind|because|attack\w*|bomb\w*|strikes?|clash\w*|blasts?|raids?|kill\w*|said"
AHEAD = re.compile(
    r"\b(?:will|shall|(?:is|are|due|set|scheduled|expected|slated|plans?|planned|ready)\sto|(?:planned|scheduled|set|slated|due|expected)\s(?:for|on|in)"
    r"|(?:was|were)\sto|would"
    r"|to\s(?:be|resume|reopen|open|begin|start|meet|hold|visit|travel|return|fly|go|send|host|sign|leave|arrive|discuss"
    r"|continue|last|run|expire|end|stop|halt|observe|take|launch|close|shut|allow|let|lift|impose|come|attend|wait)|appl(?:y|ies)|effective|takes?\seffect"
    r"|expires|lapses|runs\sout|comes?\sinto)\b"
    rf"(?:(?!\b(?:{PAST})\b)[^.;:]){{0,{REACH}}}$",
    re.IGNORECASE,
)
BY_DAWN = re.compile(
    r"\b(?:after\smidnight|(?:before|at)\s(?:dawn|daybreak|sunrise)|pre-?dawn|(?:small|early|wee)\shours|[1-5](?:[:.]\d\d)?\s?a\.?m)\b",
    re.IGNORECASE,
)  # of the very day

# before a day: what happened then, and which other happening it may be the day of
RELATIVE = re.compile(
    r"\b(?:that|which|who)\s(?:(?:had|was|were)\s)?(?:been\s)?[a-z]{2,12}(?:ed|an|ut|oke|uck|ld|ew)\b[^.;,]{0,20}$"
    r"|\bfrom\s$|\b(?:agreed|signed|reached|brokered|declared|imposed|shut|closed|captured|seized|detained)\s(?:(?:on|late|early|last)\s){0,2}$",
    re.IGNORECASE,
)  # "talks that began on Saturday", "soldiers captured on Sunday": another day's, if a later one is named
UPDATED = re.compile(
    r"\b(?:(?:rose|risen|rises|climbed|climbs|jumped|revised|lowered|stood|stands)\b|succumb\w*|(?:died|dies)\s(?:of|in|at)"
    r"|(?:taking|bringing|raising)\sthe|funerals?|prayers?|buried|mourn\w*|laid\sto\srest|counted|bodies\s(?:being\s|were\s)?(?:carried|pulled|dug|laid))[^.;]{0,60}$",
    re.IGNORECASE,
)  # a toll that rises later than what it is the toll of
OWNED = re.compile(
    r"(?:\s(?:night|evening|morning|afternoon))?['’]s\b"
)  # "Thursday's", "Friday night's": of what is behind
CAUSE = re.compile(r"\b(?:after|following|over)\b[^.;,]{0,110}$", re.IGNORECASE)
ENDED_BY = re.compile(r"\b(?:fighting|clashes|strikes|battles?|hostilities|raids?)\sof\s$", re.IGNORECASE)
LISTED = re.compile(
    r"(?:\s(?:night|evening|morning))?,?\sand\s(?:(?:another|the\sother)\s)?(?:\d+|[a-z]{3,9})\s(?:more\s)?(?:in|near|at)\s[^.;,]{3,40}",
    re.IGNORECASE,
)  # from one day of a list to the next: a number and a place
HAPPENED = re.compile(
    r"\b(?:came|happened|occurred|began|started|struck|hit|killed|died|exploded|erupted|broke out|took place|held|fell|bombed)\b"
    r"[^.;,]{0,30}$",
    re.IGNORECASE,
)

# before a day, or behind it: that somebody said so then, since when, until when
_SAID = (
    r"(?:said|says|told|wrote|announced|reported|added|stated|confirmed|quoted|condemned|accused|tweeted|posted|claimed"
    r"|admitted|acknowledged|rejected|denied|dismissed|warned|urged|asked|blamed|vowed|demanded|insisted|replied|responded"
    r"|called|alleged|asserted|argued|noted|disputed|described|put|spoke|briefed|reacted|refuted|maintained|identified"
    r"|disclosed|revealed|explained|recalled|recounted|remarked|mentioned|observed|clarified|reiterated|reaffirmed|emphasi[sz]ed"
    r"|stressed|underlined|conceded|estimated|informed|indicated|cautioned|complained|lamented|concluded|testified"
    r"|contended|countered|pledged|deplored|boasted)"
)
SAID = re.compile(rf"\b(?P<verb>{_SAID})\b[^.;,]{{0,60}}$", re.IGNORECASE)
SUFFERED = re.compile(
    r"\b(?:was|were|had\sbeen|been)\s(?:\w+\s){0,2}(?:killed|wounded|injured|martyred|hit|struck|bombed|targeted|attacked|shelled"
    r"|closed|shut|sealed|opened|reopened)\b[^.;,]{0,40}$",
    re.I,
)
SAID_BEHIND = re.compile(rf"(?:\s(?:again|also|strongly|flatly))?\s{_SAID}\b", re.I)  # "on Friday denied"
EARLIER = re.compile(
    r"\b(?:(?:since|before|until|till|despite|anniversary|previous\w*|follow(?:s|ed)\sthe)\b[^.;,]{0,40}"
    r"|first\s(?:agreed|announced|declared|signed|reached|proclaimed)\s(?:(?:on|late|early)\s){0,2})$",
    re.IGNORECASE,
)
ENDED = re.compile(r"\bended?\b[^.;,]{0,40}$", re.IGNORECASE)  # of a truce another day's, of a round its own
UNTIL = re.compile(r"\b(?:until|till|through|into|by)\s(?:(?:early|late|the)\s)?$", re.IGNORECASE)
COUNTED_FROM = re.compile(r"\b(?:since|between|from)\s$", re.IGNORECASE)
SINCE = re.compile(r"\bsince\s(?:(?:late|early|mid|last)[\s-])?$", re.IGNORECASE)

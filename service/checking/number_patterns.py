"""What may stand before and behind a number, as compiled patterns.

Owns regular expressions, nothing else; all are for folded text and look at a bounded stretch.
Must not know what a match means: that is the readers' and the links' business.
"""

import re

from service.checking import number_words as words
from service.checking.number_words import END, GAP, join_words

GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
DECIMAL = re.compile(r"\d*\.?\d+")
EUROPEAN = re.compile(r"[1-9]\d{0,2}\.\d\d0")
YEAR = re.compile(r"(?:19|20)\d\d")
SPACED_GROUPS = re.compile(r"(?:[\u00a0\u2009\u202f ]\d{3})+(?!\w|[.,]\d)")
REST = re.compile(r"\w*(?:[-./]\w*\d\w*)*")
CLOCK = re.compile(rf"\s?(?:(?P<half>[ap])\.?m{END}\.?|o'clock{END}|gmt{END})")
ORDINAL_END = re.compile(rf"(?:st|nd|rd|th){END}")
SCALE = re.compile(rf"{GAP}?(?P<scale>{join_words(words.SCALES)})s?{END}")
LETTER_SCALE = re.compile(rf"[kmbt]{END}")
POINTS = re.compile(
    rf"(?:{GAP}?(?:percentage|percent|per\scent)|\s?%){GAP}?(?:points?|pts?){END}"
    rf"|\s?(?:ppts?|pp){END}|{GAP}?(?P<basis>basis{GAP}points?|bps?){END}"
)
PERCENT = re.compile(rf"\s?%|{GAP}?(?:per[\s-]?cent|pct){END}|pc{END}")
FOLD = re.compile(rf"-?fold{END}|x{END}")
MONEY_WORD = join_words(words.CURRENCY_WORDS).replace(r"\ ", r"\s")
CURRENCY = re.compile(rf"{GAP}?(?P<currency>{MONEY_WORD})s?{END}(?!(?<=pounds)\sof\s)")
UNIT = re.compile(
    rf"{GAP}(?:(?:more|additional|new|extra|consecutive|straight|further|full)\s)?"
    rf"(?P<unit>{words.UNIT})"
)
ATTACHED_UNIT = re.compile(rf"(?P<unit>kgs?|kms?|mw|gw|bpd){END}")
RATIO = re.compile(
    rf"\s(?:in|out\sof)\s(?:every\s)?(?:(?P<digits>\d{{1,4}})|(?P<word>{join_words(words.NUMERALS)}))"
    rf"(?![\w%]|[.,]\d)(?!{GAP}(?:per\s?cent|{words.UNIT}|{join_words(words.SCALES)}))"
)
LABEL = re.compile(
    r"(?<!\w)(?:(?P<number>no\.|nos\.|number|\#)|sections?|articles?|chapter|rule|resolution|annex"
    r"|appendix|phase|tier|boeing|airbus|flight|highway|fortune|s&p|nasdaq|ftse|csi|stoxx|nikkei"
    r"|russell|heading|hs\scode|proclamation|executive\sorder|public\slaw|windows|iphone|galaxy"
    r"|rtx|gtx|ascend|kirin|snapdragon|xeon|version)\s{0,2}$"
)
BOEING = re.compile(r"7\d7")
ACRONYM = re.compile(r"(?<![\w.])[A-Z][A-Z&]+\s$")
PLACES = frozenset({"US", "EU", "UK", "UN", "UAE", "USA", "AND", "THE", "OF", "BY", "TO", "IN"})
SMALL_MONTH = re.compile(r"(?<!\w)(?:may|march|mar)(?!\w)")
LONE_DIGITS = re.compile(r"(?P<sign>\$)?(?P<number>\d+)")
PLURAL_NAME = re.compile(r"(?P<name>[a-z].*\d)s")
DECADE = re.compile(rf"(?:1[5-9]|20)\d0'?s{END}")
PREFIXES = frozenset(words.list_words("mid pre post early late sub top under over non near"))
QUARTER = re.compile(r"q[1-4]")
DENIED = re.compile(r"(?:n't|(?<!\w)(?:not|no\slonger|never))\s(?:be\s|been\s)?$")
NO_LEVEL = re.compile(
    rf"\s(?:shops?|stores?|zones?|retail\w*|increases?|hikes?|cuts?|reductions?|rises?){END}"
)
LEVEL_ENDS = re.compile(r"\s(?:on|at\sall|whatsoever)(?!\w)|\s?[.,;:)!?\"”]|$")
NO_MULTIPLE = re.compile(
    rf"[ -](?:digits?|edged|down|standards?|counting|tax\w*|dealing|check\w*|act|blow|duty|up){END}"
)
PERIODS = re.compile(r"(?:last|past|next|first|previous|consecutive|straight)\s$")
ORDINAL_TAIL = re.compile(rf"(?<=ty)-({join_words(list(words.ORDINALS)[:9])}){END}")
IS_PART = re.compile(rf"\sof{END}|\s?[.,;:!?)\"”]|$|-?\s?(?:per\s?cent|percentage){END}|-point")
TAKES_PART = re.compile(r"(?<!\w)(?:by|to|about|nearly|roughly|almost|around|over|than)\s$")
NO_HALF = re.compile(r"(?<!\w)(?:first|second|other|latter|final|better|1st|2nd|h)[ -]$")
HALF_WORD = re.compile(rf"-(?!(?:{join_words(words.SCALES)}|per|percent|point|a){END})[a-z]")
POINT_CUT = re.compile(rf"(?:\sof)?(?:\san?)?[ -](?:percentage[ -])?points?{END}")
OF_ONE = re.compile(
    rf"(?:\sof)?[ -](?:an?|one)(?=[ -](?:per\s?cent|{join_words(words.SCALES)}){END})"
)
NO_ZERO = re.compile(rf"[ -](?:sum|tolerance|day|covid|emissions?|hour|trust|in){END}")
DUTY_TO = re.compile(r"(?<!\w)(?:tariff|dut(?:y|ies)|lev(?:y|ies)|rate)[^.;\n]{0,80}\s(?:to|at)\s$")
RANGE = re.compile(
    r"\s?[-~—]\s?|\s(?:to|through)\s(?:(?:as\s(?:much|high|many)\sas|about|up\sto)\s)?"
)
LIST = re.compile(r",?\s(?:and|or)\s")
COMMA = re.compile(r",\s")
APPROXIMATE = re.compile(
    r"(?<!\w)(?:about|around|roughly|approximately|some|circa|an?\sestimated)\s(?:an?\s|the\s)?$"
)
MOTION = re.compile(
    r"(?<!\w)(?P<word>by|to)\s(?:(?:an?|the|about|around|nearly|roughly|another|further|record|full"
    r"|staggering|whopping|massive|huge|\w+ly)\s){0,3}$"
)
MINUS = re.compile(r"(?<!\w)(?:minus|negative)\s$")
BOUND = re.compile(
    r"(?<!\w)(?:(?:up\sto|(?:as|so)\s(?:much|high|many|low|little|few)\sas|at\s(?:most|least)"
    r"|(?:more|less|fewer|higher|lower|greater)\sthan|exceed(?:s|ed|ing)?|in\sexcess\sof|nearly"
    r"|almost|(?:north|south|upwards?|short|shy)\sof|until|approach(?:es|ed|ing)?|close\sto|near"
    r"|topp(?:s|ed|ing)|top|surpass(?:es|ed|ing)?|maximum|minimum|capp?(?:s|ed|ing)?\s[^.;]{0,40}?at"
    r"|limit(?:s|ed|ing)?\s[^.;]{0,40}?to|(?:cap|ceiling|floor|limit|range)\s(?:of|at)"
    r"|(?:maximum|minimum|capped)\s(?:\w+\s){0,3}(?:of|at))\s(?:an?\s|the\s)?"
    r"(?:additional\s|further\s|extra\s)?"
    r"|(?:(?<!hand\s)(?<!hands\s)(?<!handed\s)(?<!handing\s)(?<!turn\s)(?<!turned\s)(?<!turning\s)"
    r"(?<!give\s)(?<!gave\s)(?<!giving\s)(?<!sign\s)(?<!take\s)over|above|below|under|beyond|past"
    r"|max\.?|min\.?)\s|[<>≤≥~+±]\s?)$"
)
BOUND_AFTER = re.compile(
    r"\+|[ -]plus(?!\w)|\sor\s(?:more|less|higher|lower|above|below|greater|fewer|so|under|over)"
    r"|\sand\s(?:above|up|higher|over|below)(?!\w)"
    r"|\s(?:at\s(?:most|least)|maximum|minimum|cap|ceiling|limit|threshold)(?!\w)"
)
FROM = re.compile(r"(?<!\w)from\s(?:(?:an?|the|about|around|current|its|their)\s){0,2}$")
BETWEEN = re.compile(r"(?<!\w)between\s(?:(?:an?|the|about|around)\s){0,2}$")
SPREADS = re.compile(
    r"(?<!\w)(?:rang\w*|var(?:y|ies|ied|ying)|anywhere|spann?\w*|between|run(?:s|ning)?|stretch\w*)"
    r"[^.;]*$"
)
CHANGE_VERB = (
    r"(?:rais|increas|lower|reduc|cut|hik|slash|trim|rose|ris|fell|fall|drop|declin|jump|soar|surg"
    r"|climb|grew|grow|shr|mov|shift|chang|bring|brought|tak|took|go|went|adjust|doubl|tripl|halv"
    r"|quadrupl|plung|escalat|eas|push|up|down|roll|scal|boost|lift|revis)"
)
"""How words begin that tell of a rate's movement; folded."""
CHANGES = re.compile(rf"(?<!\w){CHANGE_VERB}\w*(?!\w)[^.;\n]*$")

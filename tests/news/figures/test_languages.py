"""What is counted, who says and who denies it in Urdu, Persian, Pashto, Arabic and Hindi."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.news.figures.extract import extract
from bot.news.model import UNATTRIBUTED, Document, Figure
from bot.news.topics.topic import Topic

SAID = [
    ("ur", "آئی ایس پی آر کے مطابق 12 خوارج ہلاک ہوئے۔", 12, "killed", "ISPR"),
    ("ur", "ذبیح اللہ مجاہد نے کہا کہ خوست میں 9 شہری جاں بحق ہوئے۔", 9, "killed", "Zabihullah Mujahid"),
    ("ur", "حکام کا کہنا ہے کہ باجوڑ میں 7 افراد زخمی ہوئے۔", 7, "wounded", "officials"),
    ("ur", "آئی ایس پی آر: 21 دہشت گرد ہلاک", 21, "killed", "ISPR"),
    ("ur", "پولیس: پشاور دھماکے میں 5 افراد جاں بحق", 5, "killed", "police"),
    ("ur", "باجوڑ میں 6 افراد زخمی ہو گئے۔", 6, "wounded", UNATTRIBUTED),
    ("fa", "ذبیح‌الله مجاهد گفت که ۱۰ غیرنظامی در خوست کشته شدند.", 10, "killed", "Zabihullah Mujahid"),
    ("fa", "یوناما: ۱۷ غیرنظامی کشته شدند", 17, "killed", "UNAMA"),
    ("fa", "در خوست ۸ نفر زخمی شدند.", 8, "wounded", UNATTRIBUTED),
    ("ps", "ذبیح الله مجاهد وویل چې په خوست کې ۹ کسان ووژل شول.", 9, "killed", "Zabihullah Mujahid"),
    ("ps", "چارواکي وايي چې ۵ کسان ټپيان شول.", 5, "wounded", "officials"),
    ("ps", "یوناما: په پکتیکا کې ۱۱ ملکیان ووژل شول", 11, "killed", "UNAMA"),
    ("ar", "قال ذبيح الله مجاهد إن 9 مدنيين قتلوا في خوست.", 9, "killed", "Zabihullah Mujahid"),
    ("ar", "وقال مسؤولون إن 6 أشخاص أصيبوا.", 6, "wounded", "officials"),
    ("ar", "يوناما: مقتل 17 مدنيا في سبين بولدك", 17, "killed", "UNAMA"),
    ("ur", "ترجمان گلزار احمد نے بتایا کہ پشاور میں 7 افراد زخمی ہوئے۔", 7, "wounded", "Gulzar Ahmad"),
    (
        "ur",
        "کالعدم تحریک طالبان پاکستان نے ایک بیان میں پشاور کے نواح میں رات کو 4 فوجی ہلاک کرنے کا دعویٰ کیا۔",
        4,
        "killed",
        "TTP",
    ),
    ("ur", "سیکیورٹی ذرائع کے مطابق 9 دہشت گرد ہلاک ہوئے۔", 9, "killed", "security sources"),
    ("fa", "مقام‌های محلی می‌گویند در خوست ۸ نفر زخمی شدند.", 8, "wounded", "Afghan local officials"),
    ("ps", "د خوست وياند احمد شاه بريالی وويل چې ۵ کسان ټپيان شول.", 5, "wounded", "Ahmad Shah Barialai"),
    (
        "ar",
        "قالت وزارة الداخلية الأفغانية إن 6 أشخاص أصيبوا.",
        6,
        "wounded",
        "Afghan Ministry of Interior / border police",
    ),
    ("ur", "سیکیورٹی حکام نے بتایا کہ حملے میں 5 اہلکار زخمی ہوئے۔", 5, "wounded", "security sources"),
    ("ur", "ضلعی پولیس افسر وقار احمد نے بتایا کہ 6 افراد جاں بحق ہوئے۔", 6, "killed", "Waqar Ahmad"),
    ("ur", "ڈپٹی کمشنر شاہد خان کا کہنا ہے کہ 6 افراد جاں بحق ہوئے۔", 6, "killed", "Shahid Khan"),
    ("ur", "افغان حکام کے مطابق پکتیکا میں 9 شہری ہلاک ہوئے۔", 9, "killed", "Afghan Taliban government"),
    (
        "ur",
        "پاکستانی حکام کا کہنا ہے کہ کارروائی میں 9 دہشت گرد مارے گئے۔",
        9,
        "killed",
        "Pakistan (government)",
    ),
    (
        "ur",
        "افغان طالبان نے دعویٰ کیا ہے کہ 15 پاکستانی فوجی ہلاک ہوئے۔",
        15,
        "killed",
        "Afghan Taliban government",
    ),
    ("fa", "به گفته شاهدان، ۵ نفر زخمی شدند.", 5, "wounded", "witnesses"),
    ("fa", "والی خوست گفت که ۹ غیرنظامی کشته شدند.", 9, "killed", "Khost governor"),
    ("fa", "سخنگوی والی کنر، نجیب‌الله حنفی، گفت که ۹ غیرنظامی کشته شدند.", 9, "killed", "Najibullah Hanafi"),
    ("fa", "یونیسف می‌گوید ۴ کودک در این حمله کشته شدند.", 4, "killed", "UNICEF"),
    ("ar", "وقال الجيش الباكستاني إن 12 مسلحا قتلوا.", 12, "killed", "ISPR"),
    ("ar", "قتل 9 مدنيين في خوست وفقا لمسؤولين محليين.", 9, "killed", "Afghan local officials"),
    ("ar", "وبحسب مصادر أمنية قتل 9 مسلحين.", 9, "killed", "security sources"),
    ("ar", "كابول: 30 قتيلا في قصف", 30, "killed", UNATTRIBUTED),
]
WHERE_A_VOICE_STANDS = [  # and where somebody is only spoken of
    ("fa", "سخنگوی والی پکتیا می‌گوید که ۴ غیرنظامی کشته شدند.", 4, "Paktia governor's spokesman"),
    ("ps", "د کونړ والي ویاند وايي چې ۳ کسان ټپيان شول.", 3, "Kunar governor's spokesman"),
    ("ur", "سکیورٹی فورسز کی کارروائی میں 13 خوارج ہلاک: آئی ایس پی آر", 13, "ISPR"),
    (
        "ur",
        "پاکستان نے افغان صوبے پکتیکا میں 20 دہشت گرد ہلاک کرنے کا دعویٰ کیا ہے",
        20,
        "Pakistan (government)",
    ),
    (
        "ur",
        "افغان طالبان نے پاکستان پر الزام عائد کرتے ہوئے کہا کہ حملے میں 10 شہری ہلاک ہوئے",
        10,
        "Afghan Taliban government",
    ),
    ("ur", "پاک فوج کے شعبہ تعلقات عامہ کے مطابق کارروائی کے دوران 8 دہشت گرد مارے گئے۔", 8, "ISPR"),
    (
        "ur",
        "ترجمان افغان وزارت دفاع عنایت اللہ خوارزمی نے دعویٰ کیا کہ جھڑپ میں 12 پاکستانی فوجی ہلاک ہوئے۔",
        12,
        "Enayatullah Khowarazmi",
    ),
    ("ur", "ڈی پی او وقاص رفیق نے میڈیا کو بتایا کہ دھماکے میں 4 اہلکار شہید ہوئے۔", 4, "Waqas Rafiq"),
    ("ur", "ضلعی انتظامیہ کا کہنا ہے کہ فائرنگ سے 3 شہری زخمی ہوئے۔", 3, "local officials"),
    ("ur", "کم از کم سات افراد ہلاک ہوئے، افغان حکام کا دعویٰ", 7, "Afghan Taliban government"),
    ("ur", "پاکستانی حملے میں 9 افراد ہلاک ہو گئے۔", 9, UNATTRIBUTED),
    ("ur", "پاک فوج کی کارروائی میں 9 دہشت گرد ہلاک ہو گئے۔", 9, UNATTRIBUTED),
    ("ur", "افغان طالبان کی فائرنگ سے 2 شہری زخمی ہوئے۔", 2, UNATTRIBUTED),
    ("ur", "ریسکیو حکام کے مطابق دھماکے میں 6 افراد زخمی ہوئے۔", 6, "rescue officials"),
    ("ur", "وزیر اطلاعات عطا تارڑ نے ایکس پر لکھا کہ حملوں میں 25 دہشت گرد مارے گئے۔", 25, "Attaullah Tarar"),
    (
        "fa",
        "وزارت دفاع طالبان از کشته شدن ۱۵ نظامی پاکستانی در هلمند خبر داد",
        15,
        "Afghan Ministry of Defence",
    ),
    ("fa", "ارتش پاکستان مدعی شد که ۳۰ جنگجوی طالبان کشته شده‌اند", 30, "ISPR"),
    ("fa", "به گفتۀ ذبیح‌الله مجاهد، سخنگوی طالبان، ده غیرنظامی کشته شده‌اند.", 10, "Zabihullah Mujahid"),
    (
        "fa",
        "صدیق‌الله نصرت، سخنگوی والی کنر، به رسانه‌ها گفت که در این رویداد ۳ نفر زخمی شدند.",
        3,
        "Sediqullah Nasrat",
    ),
    ("fa", "منابع محلی در کنر می‌گویند که در حمله پهپادی پاکستان ۵ نفر کشته شدند.", 5, "Afghan sources"),
    ("fa", "سازمان ملل متحد می‌گوید ۲۳ غیرنظامی در حملات پاکستان کشته شده‌اند.", 23, "UN"),
    ("fa", "حملات هوایی پاکستان در پکتیکا ۴ کشته برجا گذاشت", 4, UNATTRIBUTED),
    ("fa", "طالبان: ۵۸ نظامی پاکستانی کشته شدند", 58, "Afghan Taliban government"),
    ("fa", "۱۷ غیرنظامی در حملات پاکستان کشته شدند؛ یوناما", 17, "UNAMA"),
    (
        "fa",
        "وزیر دفاع پاکستان در واکنش به ادعای طالبان گفت که ۲۰۰ جنگجو کشته شده‌اند",
        200,
        "Pakistan Ministry of Defence",
    ),
    ("fa", "در درگیری میان نیروهای طالبان و مرزبانان پاکستان ۲ نفر زخمی شدند.", 2, UNATTRIBUTED),
    ("fa", "یک منبع امنیتی به خبرنگاران گفت که ۶ تن کشته شده‌اند.", 6, "security sources"),
    (
        "ps",
        "د کونړ د والي ویاند ضیاءالرحمن سپین‌غر وايي په برید کې ۳ ملکیان ټپیان شوي.",
        3,
        "Ziaur Rahman Spin Ghar",
    ),
    (
        "ps",
        "د دفاع وزارت په یوه اعلامیه کې ویلي چې ۱۲ پاکستاني پوځيان وژل شوي دي.",
        12,
        "Afghan Ministry of Defence",
    ),
    ("ps", "د پاکستان پوځ ادعا کوي چې ۱۹ وسله وال یې وژلي دي.", 19, "ISPR"),
    ("ps", "د ځايي چارواکو په وینا، په دې برید کې ۴ کسان ووژل شول.", 4, "local officials"),
    (
        "ps",
        "د طالبانو ویاند ذبیح الله مجاهد د دوشنبې په ورځ وویل چې ۱۰ ملکیان وژل شوي.",
        10,
        "Zabihullah Mujahid",
    ),
    ("ps", "په خوست کې د پاکستان په هوايي برید کې ۹ کسان ووژل شول", 9, UNATTRIBUTED),
    ("ps", "مجاهد: په بریدونو کې ۱۰ ماشومان وژل شوي", 10, UNATTRIBUTED),
    ("ps", "پاکستاني پوځ: ۲۲ وسله وال مو ووژل", 22, "ISPR"),
    ("ps", "د سیمې اوسېدونکي وايي چې په ډزو کې ۲ کسان ټپیان شول.", 2, "residents"),
    ("ar", "طالبان تعلن مقتل 58 جنديا باكستانيا في اشتباكات حدودية", 58, "Afghan Taliban government"),
    ("ar", "أعلن الجيش الباكستاني مقتل 30 مسلحا قرب الحدود الأفغانية", 30, "ISPR"),
    (
        "ar",
        "أعلنت وزارة الدفاع الأفغانية أن قواتها قتلت 12 جنديا باكستانيا.",
        12,
        "Afghan Ministry of Defence",
    ),
    (
        "ar",
        "قال المتحدث باسم حكومة طالبان ذبيح الله مجاهد إن القصف الباكستاني أسفر عن مقتل 10 مدنيين.",
        10,
        "Zabihullah Mujahid",
    ),
    ("ar", "مقتل 6 مدنيين في قصف باكستاني شرقي أفغانستان", 6, UNATTRIBUTED),
    ("ar", "الجيش الباكستاني: مقتل 14 مسلحا في وزيرستان", 14, "ISPR"),
    ("ar", "وأضاف أن 5 آخرين أصيبوا.", 5, UNATTRIBUTED),
    ("ar", "الأمم المتحدة: مقتل 23 مدنيا أفغانيا في غارات باكستانية", 23, "UN"),
    ("hi", "पाकिस्तानी सेना ने दावा किया है कि 30 आतंकी मारे गए", 30, "ISPR"),
    ("hi", "तालिबान का दावा- 58 पाकिस्तानी सैनिक मारे गए", 58, "Afghan Taliban government"),
    ("hi", "अफगान रक्षा मंत्रालय के मुताबिक हमले में 12 पाकिस्तानी सैनिक मारे गए।", 12, "Afghan Ministry of Defence"),
    ("hi", "पुलिस अधिकारी सज्जाद अहमद ने बताया कि धमाके में 5 लोगों की मौत हुई।", 5, "Sajjad Ahmad"),
    ("hi", "स्थानीय अधिकारियों के अनुसार हमले में 3 लोग घायल हुए।", 3, "local officials"),
    ("hi", "पाकिस्तान के हमले में 10 लोगों की मौत", 10, UNATTRIBUTED),
    ("hi", "बन्नू में आत्मघाती हमला, 8 जवानों की मौत: पुलिस", 8, "Pakistani police"),
    ("hi", "मुजाहिद ने कहा कि हमले में 10 नागरिक मारे गए", 10, UNATTRIBUTED),
    ("hi", "पुलिस ने बताया कि 11 आतंकी मारे गए, सूत्रों ने 15 की मौत बताई", 11, "police"),
    (
        "fa",
        "سخنگوی والی خوست، مستغفر گربز، گفت که خانه‌ای هدف قرار گرفت. به گفته او ۶ کودک کشته شدند.",
        6,
        "Mostaghfir Gurbaz",
    ),
    (
        "ur",
        "گورنر کے ترجمان نعمان خان نے کہا کہ حملہ رات کو ہوا۔ انہوں نے بتایا کہ 6 بچے ہلاک ہوئے۔",
        6,
        "Noman Khan",
    ),
    (
        "ps",
        "د کونړ د والي ویاند ضیا سپین غر وویل چې برید شپه وشو. هغه زیاته کړه چې ۶ ماشومان ووژل شول.",
        6,
        "Zia Spin Ghar",
    ),
    (
        "ar",
        "قال المتحدث باسم الجيش الباكستاني أحمد شريف تشودري إن العملية انتهت. وأضاف أن 20 مسلحا قتلوا.",
        20,
        "Ahmed Sharif Chaudhry",
    ),
    ("hi", "आईएसपीआर ने कहा कि अभियान खत्म हो गया है। उसने कहा कि 20 आतंकी मारे गए।", 20, "ISPR"),
]
TALIBAN = "Afghan Taliban government"
DENIED = [
    ("ur", "پاکستان نے طالبان کا 58 فوجیوں کی ہلاکت کا دعویٰ مسترد کر دیا۔", TALIBAN),
    ("fa", "پاکستان ادعای طالبان درباره کشته شدن ۵۸ سرباز را رد کرد.", TALIBAN),
    ("ps", "پاکستان د ۵۸ عسکرو د وژل کېدو ادعا رد کړه.", UNATTRIBUTED),
    ("ar", "نفت باكستان مقتل 58 جنديا.", UNATTRIBUTED),
]


@pytest.mark.parametrize(("lang", "text", "value", "measure", "claimant"), SAID)
def test_who_says_it(lang: str, text: str, value: int, measure: str, claimant: str, topic: Topic) -> None:
    (figure,) = extract(Document(text=text, lang=lang), topic)
    assert (figure.low, figure.measure, figure.claimant) == (value, measure, claimant)
    assert figure.claimant_text is None or figure.claimant_text in text
    assert (figure.claimant_text is None) == (claimant == UNATTRIBUTED)


@pytest.mark.parametrize(("lang", "text", "value", "claimant"), WHERE_A_VOICE_STANDS)
def test_grammar_tells_who_says_it(lang: str, text: str, value: int, claimant: str, topic: Topic) -> None:
    found = [figure for figure in extract(Document(text=text, lang=lang), topic) if figure.low == value]
    assert [figure.claimant for figure in found] == [claimant]


@pytest.mark.parametrize(("lang", "text", "claimant"), DENIED)
def test_who_denies_is_not_who_claims(lang: str, text: str, claimant: str, topic: Topic) -> None:
    (figure,) = extract(Document(text=text, lang=lang), topic)
    assert (figure.low, figure.claimant, figure.denied_by) == (58, claimant, "Pakistan (government)")


@pytest.mark.parametrize(
    ("lang", "text", "qualifier"),
    [
        ("fa", "حدود ۲۰ نفر در کنر زخمی شدند.", "about"),
        ("fa", "نزدیک به ۲۰ نفر در کنر زخمی شدند.", "nearly"),
        ("ps", "په کونړ کې شاوخوا ۲۰ کسان ټپیان شول.", "about"),
        ("hi", "कुनार में लगभग 20 लोग घायल हुए।", "about"),
    ],
)
def test_about_is_not_nearly(lang: str, text: str, qualifier: str, topic: Topic) -> None:
    (figure,) = extract(Document(text=text, lang=lang), topic)
    assert figure.qualifier == qualifier


def test_a_qualifier_of_four_words(topic: Topic) -> None:
    (figure,) = extract(Document(text="مقتل ما لا يقل عن 12 مدنيا في خوست", lang="ar"), topic)
    assert (figure.low, figure.qualifier) == (12, "at_least")


COUNTED = [
    ("ur", "باجوڑ میں بارہ افراد ہلاک اور بیس زخمی ہوئے۔", ["12 killed pak_people", "20 wounded pak_people"]),
    (
        "ur",
        "کرم میں 4 اہلکار اور 2 راہ گیر شہید ہوئے۔",
        ["4 killed pak_security_forces", "2 killed pak_civilians"],
    ),
    (
        "ur",
        "باجوڑ میں تین بچوں سمیت سات شہری جاں بحق ہوئے۔",
        ["3 killed pak_civilians part", "7 killed pak_civilians"],
    ),
    ("ur", "عید پر تین روزہ جنگ بندی کا اعلان ہوا۔", ["3 duration both"]),
    ("ur", "جنگ بندی تین دن بعد ختم ہوئی۔", []),
    ("ur", "دو گاڑیاں جل گئیں اور پانچ خوارج ہلاک ہوئے۔", ["5 killed militants"]),
    (
        "fa",
        "در خوست بیست و سه نفر کشته و پانزده تن زخمی شدند.",
        ["23 killed afg_people", "15 wounded afg_people"],
    ),
    ("fa", "۲۴ شبه‌نظامی در این عملیات در مرز خوست و پکتیا کشته شده‌اند.", ["24 killed militants"]),
    ("fa", "۴۰۰ خانواده در کنر خانه‌های خود را ترک کرده‌اند.", ["400 displaced afg_people"]),
    ("ps", "په کونړ کې ۱۱ کسان وژل شوي او ۸ نور ټپیان دي.", ["11 killed afg_people", "8 wounded afg_people"]),
    ("ar", "مقتل ثلاثة عشر مدنيا في خوست.", ["13 killed afg_civilians"]),
    ("ar", "قتل ثلاثة وعشرين مسلحا على الحدود.", ["23 killed militants"]),
    (
        "ar",
        "قتل 10 مدنيين بينهم 4 أطفال في قصف باكستاني.",
        ["10 killed afg_civilians", "4 killed afg_civilians part"],
    ),
    (
        "ur",
        "چمن بارڈر 19 روز سے بند ہے اور 700 سے زائد کنٹینرز پھنسے ہوئے ہیں۔",
        ["19 duration unspecified", "700 trucks unspecified"],
    ),
    ("ur", "بارڈر کی بندش سے 45 کروڑ روپے کا نقصان ہوا۔", ["4.5e+08 money unspecified"]),
    ("ur", "اب تک 9 لاکھ 80 ہزار افغان شہری واپس جا چکے ہیں۔", ["980000 returned afg_refugees"]),
    ("ur", "افغان طالبان نے 5 پاکستانی فوجی رہا کر دیے۔", ["5 other pak_security_forces"]),
    ("ur", "تین پولیس اہلکار اغوا کر لیے گئے اور 52 حملے ہوئے۔", ["3 abducted unspecified"]),
    ("fa", "۱۲۰۰ موتر باربری در تورخم متوقف مانده‌اند.", ["1200 trucks unspecified"]),
    ("fa", "گذرگاه تورخم پس از ۲۵ روز بازگشایی شد.", ["25 duration unspecified"]),
    (
        "fa",
        "در خوست ۱۷ غیرنظامی از جمله ۶ کودک جان باختند.",
        ["17 killed afg_civilians", "6 killed afg_civilians part"],
    ),
    ("fa", "سه عضو یک خانواده در کنر جان باختند و نشست ۵ ساعته برگزار شد.", ["3 killed afg_people"]),
    ("ps", "د ۴۸ ساعتونو اوربند اعلان شو.", ["48 duration both"]),
    ("ps", "په کونړ کې ۵ کورونه ویجاړ شول.", ["5 other afg_people"]),
    ("ar", "مقتل 7 وإصابة 15 آخرين في غارة على خوست.", ["7 killed afg_people", "15 wounded afg_people"]),
    ("ar", "أسقطت القوات الباكستانية 3 طائرات مسيرة.", ["3 vehicles_equipment unspecified"]),
    (
        "hi",
        "तोरखम सीमा 25 दिन बाद खुली और 1200 ट्रक फंसे हुए हैं।",
        ["25 duration unspecified", "1200 trucks unspecified"],
    ),
    ("hi", "बैठक 6 घंटे चली।", []),
    ("ru", "Кабул сообщил о гибели 42 пакистанских военных.", ["42 killed pak_security_forces"]),
    ("de", "Im Oktober starben in Afghanistan mindestens 31 Zivilisten.", ["31 killed afg_civilians"]),
]


@pytest.mark.parametrize(("lang", "text", "figures"), COUNTED)
def test_what_is_counted_and_who(lang: str, text: str, figures: list[str], topic: Topic) -> None:
    found = extract(Document(text=text, lang=lang), topic)
    assert [f"{f.low:g} {f.measure} {f.party}{' part' * f.subset}" for f in found] == figures


SCOPES = [
    ("ur", "رواں سال باجوڑ میں 640 افراد جاں بحق ہوئے۔", "cumulative"),
    ("fa", "هفته گذشته ۱۹ هزار و ۷۰۰ نفر از پاکستان بازگشتند.", "period"),
    ("ar", "أكثر من 600 قتيل منذ بداية العام.", "cumulative"),
    ("hi", "तोरखम पर 1200 ट्रक फंसे हुए हैं।", "state"),
    ("ps", "په خوست کې ۹ کسان ووژل شول.", "incident"),
    ("fa", "یوناما می‌گوید از آغاز جنوری تا پایان مارچ ۶۳ غیرنظامی کشته شدند.", "period"),
    ("ar", "قالت يوناما إن 63 مدنيا قتلوا من بداية يناير حتى نهاية مارس.", "period"),
    ("ur", "یو این ایچ سی آر کے مطابق جولائی سے ستمبر تک 88 ہزار مہاجرین واپس گئے۔", "period"),
    ("ps", "د پاکستان پوځ وايي چې په وروستیو درېیو ورځو کې ۲۷ وسله وال وژل شوي دي.", "period"),
    ("hi", "दो दिन पहले बन्नू में 6 जवान मारे गए थे।", "incident"),
    ("ur", "سفیر نے کہا کہ سرحد پار دہشت گردوں کے 40 کیمپ موجود ہیں۔", "state"),
]


@pytest.mark.parametrize(("lang", "text", "scope"), SCOPES)
def test_what_a_figure_covers(lang: str, text: str, scope: str, topic: Topic) -> None:
    (figure,) = extract(Document(text=text, lang=lang), topic)
    assert figure.scope == scope


COVERED = [
    ("fa", "در ماه اکتوبر ۱۴ هزار افغان از پاکستان اخراج شده‌اند.", "period"),
    ("fa", "تاکنون ۱۴ هزار افغان از پاکستان اخراج شده‌اند.", "cumulative"),
    ("fa", "تاکنون ۱۴ نفر در این حمله کشته شده‌اند.", "incident"),
    ("ur", "خوست میں 9 شہری جاں بحق ہوئے۔", "incident"),
]


@pytest.mark.parametrize(("lang", "text", "scope"), COVERED)
def test_a_month_or_so_far_is_more_than_a_day_only_of_people_sent_across(
    lang: str, text: str, scope: str, topic: Topic
) -> None:
    assert [f.scope for f in extract(Document(text=text, title_end=0, lang=lang), topic)] == [scope]


CASES = tomllib.loads(Path(__file__).with_name("languages.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=[f"{one['lang']}-{n}" for n, one in enumerate(CASES)])
def test_a_newsroom_sentence(case: dict[str, Any], topic: Topic) -> None:
    title = case.get("title", "")
    text = f"{title}\n{case['text']}" if title else case["text"]
    found = extract(Document(text=text, title_end=len(title), lang=case["lang"]), topic)
    assert [told(figure) for figure in found] == case["figures"]


def told(figure: Figure) -> str:
    value = "vague" if figure.low is None else f"{figure.low:.12g}"
    return f"{value} {figure.measure} {figure.party}{' part' * figure.subset} | {figure.claimant}"

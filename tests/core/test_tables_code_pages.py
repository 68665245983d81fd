"""Words of a country in its code pages: ten lines are enough to read them."""

from __future__ import annotations

import pytest

from al_core.tables import read_options, read_table
from al_core.tables.decoding.codepages import guess_code_page

WORDS = {
    "French": "Élève,à Évreux,garçon,Noël,œuvre,hôtel,château,où,naïve,ça coûte 5 €,l’été,façade",
    "Spanish": "niño,¿Qué?,año,Málaga,corazón,¡Hola!,pingüino,José,Muñoz,ÁVILA,él,camión",
    "Portuguese": "São Paulo,coração,não,É,avião,João,Conceição,à,três,pôr,açúcar,ATENÇÃO",
    "German": "Köln,Größe,Straße,Übung,ÄRZTE,MÜNCHEN,30 °C,„Test“,§ 5,Fußgänger,weiß",
    "Swedish": "Malmö,Göteborg,Åsa,räksmörgås,Växjö,å,ÄLVSBYN,Östersund",
    "Danish": "Ærø,København,Ålborg,smørrebrød,blå,ØST,Århus",
    "Icelandic": "Þór,Reykjavík,Ísafjörður,Sæmundur,Guðrún,Þingvellir",
    "Polish": "Łódź,Kraków,Gdańsk,Poznań,żółw,WROCŁAW,ŻYWIEC,święto,będzie,źle,ćma",
    "Czech": "Plzeň,České Budějovice,Ústí,žluťoučký kůň,Příbram,ŘÍČANY,děti,Škoda",
    "Hungarian": "Győr,Kőszeg,árvíztűrő,Székesfehérvár,ŐRSÉG,tükör",
    "Lithuanian": "Šiauliai,Klaipėda,žąsis,ėjo,Ąžuolas,įvairūs,Panevėžys",
    "Latvian": "Rīga,Liepāja,Jēkabpils,šķūnis,ķēve,ŅEMT,ģimene,Ēka",
    "Turkish": "İstanbul,İzmir,Muğla,Ağrı,Şırnak,çocuk,ÖĞRENCİ,güneş,ışık",
    "Russian": "Москва,Казань,ещё,Санкт-Петербург,ОМСК,да,Нижний Новгород,хорошо",
    "Ukrainian": "Київ,Львів,їжак,Україна,Чернігів,Івано-Франківськ",
    "Greek": "Αθήνα,Θεσσαλονίκη,Πάτρα,ΛΑΡΙΣΑ,Ηράκλειο,και,Βόλος",
    "Hebrew": "ירושלים,חיפה,תל אביב,אילת,שלום,באר שבע",
    "Arabic": "القاهرة,دبي,بغداد,عمان,الرياض,مرحبا",
    "Thai": "กรุงเทพ,เชียงใหม่,ภูเก็ต,ขอนแก่น,สวัสดี",
}
PAGES = {
    "French": ["cp1252", "iso8859_15"],
    "Spanish": ["cp1252", "cp850"],
    "Portuguese": ["cp1252", "cp850"],
    "German": ["cp1252", "mac_roman", "cp850"],
    "Swedish": ["cp1252", "cp850"],
    "Danish": ["cp1252"],
    "Icelandic": ["cp1252"],
    "Polish": ["cp1250", "iso8859_2", "cp852", "mac_latin2"],
    "Czech": ["cp1250", "iso8859_2", "cp852", "mac_latin2"],
    "Hungarian": ["cp1250", "cp852"],
    "Lithuanian": ["cp1257"],
    "Latvian": ["cp1257"],
    "Turkish": ["cp1254"],
    "Russian": ["cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"],
    "Ukrainian": ["cp1251", "koi8_u", "mac_cyrillic"],
    "Greek": ["cp1253"],
    "Hebrew": ["cp1255"],
    "Arabic": ["cp1256"],
    "Thai": ["cp874"],
}
CASES = [(language, page) for language, pages in PAGES.items() for page in pages]


@pytest.mark.parametrize(("language", "page"), CASES)
def test_words_of_a_language_read_right_in_its_code_pages(language: str, page: str) -> None:
    lines = [f"{i};{word};x" for i, word in enumerate(WORDS[language].split(",") * 3)]
    raw = "\n".join(lines).encode(page, "ignore")
    assert raw.decode(guess_code_page(raw)) == raw.decode(page)


@pytest.mark.parametrize(("language", "page"), [c for c in CASES if c[0] not in {"Thai", "Arabic"}])
def test_many_words_in_capitals_read_right_too(language: str, page: str) -> None:
    words = " ".join(WORDS[language].split(",")).upper()
    raw = "\n".join(f"{i};{words};x" for i in range(5)).encode(page, "ignore")
    assert raw.decode(guess_code_page(raw)) == raw.decode(page)


TOWNS = ["Agliè", "Santhià", "Cantù", "Mondovì", "Forlì", "Patù", "Viù", "Carrù", "Città"]


@pytest.mark.parametrize("n_towns", range(2, len(TOWNS) + 1))
def test_a_few_towns_that_come_again_are_no_proof_of_a_page_that_few_people_use(
    n_towns: int,
) -> None:
    raw = "\n".join(f"{i};{TOWNS[i % n_towns]}" for i in range(60)).encode("cp1252")
    assert raw.decode(guess_code_page(raw)) == raw.decode("cp1252")


def test_where_few_letters_tell_the_notice_shows_the_word_in_other_pages() -> None:
    raw = ("Comune\n" + "\n".join(TOWNS[:3] * 5)).encode("cp1252")
    told = read_table(raw).notices[0]
    assert '"Agliè" should read right' in told
    assert '"Aglič" as Windows text (Central European)' in told
    offered = [option.encoding for option in read_options(raw).encodings]
    assert offered[0] == "cp1252"
    assert "cp1250" in offered[:4]


@pytest.mark.parametrize("language", ["French", "Polish", "Greek", "Russian"])
def test_where_many_letters_tell_no_other_page_is_talked_of(language: str) -> None:
    words = [f"{a}{b}" for a in WORDS[language].split(",") for b in WORDS[language].split(",")]
    raw = "\n".join(["word", *words]).encode(PAGES[language][0], "ignore")
    assert "If not" not in read_table(raw, header=1).notices[0]


def misread(text: str, page: str) -> str:
    """UTF-8 read as another page; bytes that stand for nothing there become control signs."""
    return "".join(bytes([b]).decode(page, "replace").replace("�", chr(b)) for b in text.encode())


@pytest.mark.parametrize(
    "ways",
    [["cp1252"], ["cp1252"] * 3, ["mac_roman"], ["mac_roman"] * 3, ["cp1252", "mac_roman"]],
)
@pytest.mark.parametrize("lost", [False, True])
def test_letters_that_were_encoded_again_and_again_are_read_as_they_were_meant(
    ways: list[str], lost: bool
) -> None:
    meant = "he said “yes” – and it’s über"
    text = meant
    for page in ways:
        text = misread(text, page)
    raw = "".join(f"{text},{i % 2}\n" for i in range(40))
    data = raw.encode(ways[-1], "ignore") if lost and len(ways) > 1 else raw.encode()
    table = read_table(b"q,label\n" + data)
    assert table.text["q"].tolist() == [meant] * 40
    assert any("encoded twice" in notice for notice in table.notices)

"""Words of a country in its code pages: ten lines are enough to read them."""

from __future__ import annotations

import pytest

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

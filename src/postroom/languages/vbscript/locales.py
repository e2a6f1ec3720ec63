# ruff: noqa: RUF001 - names of months and days stand in their own letters
"""Locales: how numbers, money and dates are written and read.

The values are the defaults of Windows 7, the last Windows that shipped a new VBScript; a Unicode library (CLDR) would write other abbreviations,
other separators and other orders than the scripts have seen. Groups are three digits in all of them, and a negative number has its minus in front.
"""

from dataclasses import dataclass, replace
from typing import Final

NO_BREAK: Final = "\u00a0"

_ENGLISH_MONTHS: Final = "January February March April May June July August September October November December"
_ENGLISH_MONTHS_SHORT: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_ENGLISH_DAYS: Final = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday"
_ENGLISH_DAYS_SHORT: Final = "Sun Mon Tue Wed Thu Fri Sat"
_NUMBERED: Final = "1 2 3 4 5 6 7 8 9 10 11 12"


@dataclass(frozen=True, slots=True)
class Locale:
    """A Windows locale: `lcid` is its number, `name` its tag in lower case.

    `money` and `owed` show where the symbol ($) and the number (n) of a positive and a negative amount stand. Dates and times are pictures as
    GetDateFormat reads them. Names are separated by spaces; `genitives` are the months beside a day, where they differ. `first_day` counts from
    Sunday as 1; `first_week` is 1 for the week with 1 January, 2 for the first with four days, as vbFirstJan1 and vbFirstFourDays.
    """

    lcid: int
    name: str
    decimal: str = "."
    group: str = ","
    currency: str = "$"
    money: str = "$n"
    owed: str = "-$n"
    money_group: str = ""
    money_digits: int = 2
    short_date: str = "dd/MM/yyyy"
    long_date: str = "d MMMM yyyy"
    time: str = "HH:mm:ss"
    am: str = ""
    pm: str = ""
    months: str = _ENGLISH_MONTHS
    months_short: str = _ENGLISH_MONTHS_SHORT
    genitives: str = ""
    days: str = _ENGLISH_DAYS
    days_short: str = _ENGLISH_DAYS_SHORT
    first_day: int = 2
    first_week: int = 2

    @property
    def order(self) -> str:
        """The order of a short date's parts: "MDY", "DMY" or "YMD"."""
        return "".join(sorted("DMY", key=lambda part: self.short_date.lower().index(part.lower())))

    @property
    def date_separator(self) -> str:
        """What stands between the parts of a short date."""
        return next(char for char in self.short_date if not char.isalpha())


EN_US: Final = Locale(
    1033,
    "en-us",
    owed="($n)",
    short_date="M/d/yyyy",
    long_date="dddd, MMMM dd, yyyy",
    time="h:mm:ss tt",
    am="AM",
    pm="PM",
    first_day=1,
    first_week=1,
)
_EN_GB: Final = Locale(2057, "en-gb", currency="£", long_date="dd MMMM yyyy", am="AM", pm="PM", first_week=1)
_DE_DE: Final = Locale(
    1031,
    "de-de",
    decimal=",",
    group=".",
    currency="€",
    money="n $",
    owed="-n $",
    short_date="dd.MM.yyyy",
    long_date="dddd, d. MMMM yyyy",
    months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    months_short="Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    days="Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
    days_short="So Mo Di Mi Do Fr Sa",
)
_FR_FR: Final = Locale(
    1036,
    "fr-fr",
    decimal=",",
    group=NO_BREAK,
    currency="€",
    money="n $",
    owed="-n $",
    long_date="dddd d MMMM yyyy",
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    months_short="janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    days="dimanche lundi mardi mercredi jeudi vendredi samedi",
    days_short="dim. lun. mar. mer. jeu. ven. sam.",
)
_ES_ES: Final = Locale(
    3082,
    "es-es",
    decimal=",",
    group=".",
    currency="€",
    money="n $",
    owed="-n $",
    long_date="dddd, dd' de 'MMMM' de 'yyyy",
    time="H:mm:ss",
    months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    months_short="ene feb mar abr may jun jul ago sep oct nov dic",
    days="domingo lunes martes miércoles jueves viernes sábado",
    days_short="dom lun mar mié jue vie sáb",
)
_IT_IT: Final = Locale(
    1040,
    "it-it",
    decimal=",",
    group=".",
    currency="€",
    money="$ n",
    owed="-$ n",
    long_date="dddd d MMMM yyyy",
    months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    months_short="gen feb mar apr mag giu lug ago set ott nov dic",
    days="domenica lunedì martedì mercoledì giovedì venerdì sabato",
    days_short="dom lun mar mer gio ven sab",
)
_NL_NL: Final = Locale(
    1043,
    "nl-nl",
    decimal=",",
    group=".",
    currency="€",
    money="$ n",
    owed="$ -n",
    short_date="d-M-yyyy",
    long_date="dddd d MMMM yyyy",
    time="H:mm:ss",
    months="januari februari maart april mei juni juli augustus september oktober november december",
    months_short="jan feb mrt apr mei jun jul aug sep okt nov dec",
    days="zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
    days_short="zo ma di wo do vr za",
)
_SV_SE: Final = Locale(
    1053,
    "sv-se",
    decimal=",",
    group=NO_BREAK,
    currency="kr",
    money="n $",
    owed="-n $",
    money_group=".",
    short_date="yyyy-MM-dd",
    long_date="'den 'd MMMM yyyy",
    months="januari februari mars april maj juni juli augusti september oktober november december",
    months_short="jan feb mar apr maj jun jul aug sep okt nov dec",
    days="söndag måndag tisdag onsdag torsdag fredag lördag",
    days_short="sö må ti on to fr lö",
)
_DA_DK: Final = Locale(
    1030,
    "da-dk",
    decimal=",",
    group=".",
    currency="kr.",
    money="$ n",
    owed="$ -n",
    short_date="dd-MM-yyyy",
    long_date="d. MMMM yyyy",
    months="januar februar marts april maj juni juli august september oktober november december",
    months_short="jan feb mar apr maj jun jul aug sep okt nov dec",
    days="søndag mandag tirsdag onsdag torsdag fredag lørdag",
    days_short="sø ma ti on to fr lø",
)
_NB_NO: Final = replace(
    _DA_DK,
    lcid=1044,
    name="nb-no",
    group=NO_BREAK,
    currency="kr",
    short_date="dd.MM.yyyy",
    months="januar februar mars april mai juni juli august september oktober november desember",
    months_short="jan feb mar apr mai jun jul aug sep okt nov des",
)
_FI_FI: Final = Locale(
    1035,
    "fi-fi",
    decimal=",",
    group=NO_BREAK,
    currency="€",
    money="n $",
    owed="-n $",
    short_date="d.M.yyyy",
    long_date="d. MMMM'ta 'yyyy",
    time="H:mm:ss",
    months="tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    months_short="tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    days="sunnuntai maanantai tiistai keskiviikko torstai perjantai lauantai",
    days_short="su ma ti ke to pe la",
)
_PL_PL: Final = Locale(
    1045,
    "pl-pl",
    decimal=",",
    group=NO_BREAK,
    currency="zł",
    money="n $",
    owed="-n $",
    short_date="yyyy-MM-dd",
    months="styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    months_short="sty lut mar kwi maj cze lip sie wrz paź lis gru",
    genitives="stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    days="niedziela poniedziałek wtorek środa czwartek piątek sobota",
    days_short="N Pn Wt Śr Cz Pt So",
)
_PT_BR: Final = Locale(
    1046,
    "pt-br",
    decimal=",",
    group=".",
    currency="R$",
    money="$ n",
    owed="-$ n",
    long_date="dddd, d' de 'MMMM' de 'yyyy",
    months="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    months_short="jan fev mar abr mai jun jul ago set out nov dez",
    days="domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado",
    days_short="dom seg ter qua qui sex sáb",
    first_day=1,
    first_week=1,
)
_PT_PT: Final = replace(
    _PT_BR,
    lcid=2070,
    name="pt-pt",
    currency="€",
    money="n $",
    owed="-n $",
    short_date="dd-MM-yyyy",
    months="Janeiro Fevereiro Março Abril Maio Junho Julho Agosto Setembro Outubro Novembro Dezembro",
    months_short="Jan Fev Mar Abr Mai Jun Jul Ago Set Out Nov Dez",
    first_day=2,
    first_week=2,
)
_CS_CZ: Final = Locale(
    1029,
    "cs-cz",
    decimal=",",
    group=NO_BREAK,
    currency="Kč",
    money="n $",
    owed="-n $",
    short_date="d.M.yyyy",
    long_date="d. MMMM yyyy",
    time="H:mm:ss",
    am="dop.",
    pm="odp.",
    months="leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    months_short=_NUMBERED,
    genitives="ledna února března dubna května června července srpna září října listopadu prosince",
    days="neděle pondělí úterý středa čtvrtek pátek sobota",
    days_short="ne po út st čt pá so",
)
_RU_RU: Final = Locale(
    1049,
    "ru-ru",
    decimal=",",
    group=NO_BREAK,
    currency="р.",
    money="n$",
    owed="-n$",
    short_date="dd.MM.yyyy",
    long_date="d MMMM yyyy 'г.'",
    time="H:mm:ss",
    months="Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь",
    months_short="янв фев мар апр май июн июл авг сен окт ноя дек",
    genitives="января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    days="воскресенье понедельник вторник среда четверг пятница суббота",
    days_short="Вс Пн Вт Ср Чт Пт Сб",
    first_week=1,
)
_JA_JP: Final = Locale(
    1041,
    "ja-jp",
    currency="¥",
    money_digits=0,
    short_date="yyyy/MM/dd",
    long_date="yyyy'年'M'月'd'日'",
    time="H:mm:ss",
    am="午前",
    pm="午後",
    months="1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    months_short=_NUMBERED,
    days="日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日",
    days_short="日 月 火 水 木 金 土",
    first_day=1,
    first_week=1,
)
_ZH_CN: Final = Locale(
    2052,
    "zh-cn",
    currency="¥",
    owed="$-n",
    short_date="yyyy/M/d",
    long_date="yyyy'年'M'月'd'日'",
    time="H:mm:ss",
    am="上午",
    pm="下午",
    months="一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
    months_short="一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
    days="星期日 星期一 星期二 星期三 星期四 星期五 星期六",
    days_short="周日 周一 周二 周三 周四 周五 周六",
    first_day=1,
    first_week=1,
)
_TR_TR: Final = Locale(
    1055,
    "tr-tr",
    decimal=",",
    group=".",
    currency="TL",
    money="n $",
    owed="-n $",
    short_date="dd.MM.yyyy",
    long_date="dd MMMM yyyy dddd",
    months="Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    months_short="Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    days="Pazar Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi",
    days_short="Paz Pzt Sal Çar Per Cum Cmt",
    first_week=1,
)

LOCALES: Final = (
    EN_US,
    _EN_GB,
    _DE_DE,
    replace(
        _DE_DE,
        lcid=3079,
        name="de-at",
        money="$ n",
        owed="-$ n",
        long_date="dddd, dd. MMMM yyyy",
        months=_DE_DE.months.replace("Januar", "Jänner"),
        months_short=_DE_DE.months_short.replace("Jan", "Jän"),
    ),
    replace(_DE_DE, lcid=2055, name="de-ch", decimal=".", group="'", currency="Fr.", money="$ n", owed="$-n"),
    _FR_FR,
    _ES_ES,
    _IT_IT,
    _NL_NL,
    _SV_SE,
    _DA_DK,
    _NB_NO,
    _FI_FI,
    _PL_PL,
    _PT_BR,
    _PT_PT,
    _CS_CZ,
    _RU_RU,
    _JA_JP,
    _ZH_CN,
    _TR_TR,
)
"""The locales that SetLocale knows."""

_BY_NUMBER: Final = {locale.lcid: locale for locale in LOCALES}
# Microsoft's chart of locales names some by language alone ("da"), and Norwegian "no-no".
_BY_NAME: Final = (
    {locale.name[:2]: locale for locale in reversed(LOCALES)} | {locale.name: locale for locale in LOCALES} | {"no-no": _NB_NO, "no": _NB_NO}
)


def numbered(lcid: int) -> Locale | None:
    """Give the locale of a number (1031), None where it isn't one of ours."""
    return _BY_NUMBER.get(lcid)


def named(name: str) -> Locale | None:
    """Give the locale of a name ("de-DE", "da"), None where it isn't one of ours."""
    return _BY_NAME.get(name.strip().lower().replace("_", "-"))

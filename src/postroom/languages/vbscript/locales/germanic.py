"""German, Dutch, Swedish, Danish, Norwegian."""

from dataclasses import replace
from typing import Final

from postroom.languages.vbscript.locales.locale import NO_BREAK, Locale

DE_DE: Final = Locale(
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
DE_AT: Final = replace(
    DE_DE,
    lcid=3079,
    name="de-at",
    money="$ n",
    owed="-$ n",
    long_date="dddd, dd. MMMM yyyy",
    months="Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
    months_short="Jän Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
)
DE_CH: Final = replace(DE_DE, lcid=2055, name="de-ch", decimal=".", group="'", currency="Fr.", money="$ n", owed="$-n")
NL_NL: Final = Locale(
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
NL_BE: Final = replace(NL_NL, lcid=2067, name="nl-be", short_date="d/MM/yyyy")
SV_SE: Final = Locale(
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
DA_DK: Final = Locale(
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
NB_NO: Final = replace(
    DA_DK,
    lcid=1044,
    name="nb-no",
    group=NO_BREAK,
    currency="kr",
    short_date="dd.MM.yyyy",
    months="januar februar mars april mai juni juli august september oktober november desember",
    months_short="jan feb mar apr mai jun jul aug sep okt nov des",
)

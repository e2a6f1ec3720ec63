"""French, Spanish, Italian, Portuguese, Romanian."""

from dataclasses import replace
from typing import Final

from postroom.languages.vbscript.locales.locale import NO_BREAK, Locale

FR_FR: Final = Locale(
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
FR_BE: Final = replace(FR_FR, lcid=2060, name="fr-be", group=".", money="$ n", owed="$ -n", short_date="d/MM/yyyy")
FR_CH: Final = replace(FR_FR, lcid=4108, name="fr-ch", decimal=".", group="'", currency="fr.", money="$ n", owed="$-n", short_date="dd.MM.yyyy")
FR_CA: Final = replace(
    FR_FR, lcid=3084, name="fr-ca", currency="$", owed="(n $)", short_date="yyyy-MM-dd", long_date="d MMMM yyyy", first_day=1, first_week=1
)
ES_ES: Final = Locale(
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
ES_MX: Final = replace(
    ES_ES,
    lcid=2058,
    name="es-mx",
    decimal=".",
    group=",",
    currency="$",
    money="$n",
    owed="-$n",
    time="hh:mm:ss tt",
    am="a.m.",
    pm="p.m.",
    first_day=1,
    first_week=1,
)
IT_IT: Final = Locale(
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
PT_BR: Final = Locale(
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
PT_PT: Final = replace(
    PT_BR,
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
RO_RO: Final = Locale(
    1048,
    "ro-ro",
    decimal=",",
    group=".",
    currency="lei",
    money="n $",
    owed="-n $",
    short_date="dd.MM.yyyy",
    months="ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    months_short="ian. feb. mar. apr. mai. iun. iul. aug. sep. oct. nov. dec.",
    days="duminică luni marţi miercuri joi vineri sâmbătă",
    days_short="D L Ma Mi J V S",
)

"""The French and the Moroccan company, their charts of accounts, currencies and rates."""

from __future__ import annotations

import math
from datetime import timedelta

from ..story import QUIET, Story

MONTHS = 25
DIRHAMS_FOR_A_EURO = 10.75

FRENCH = {
    "name": "Atelier Recyclé SAS",
    "street": "12 rue de Gerland",
    "zip": "69007",
    "city": "Lyon",
    "vat": "FR23334175221",
    "company_registry": "33417522101010",
    "phone": "+33 4 78 00 00 00",
    "email": "bonjour@atelier-recycle.example",
    "website": "https://atelier-recycle.example",
}
MOROCCAN = {
    "name": "Maison Réemploi SARL",
    "street": "7 rue Socrate",
    "zip": "20330",
    "city": "Casablanca",
    "company_registry": "001525713000083",
    "phone": "+212 522 00 00 00",
    "email": "salam@maison-reemploi.example",
    "website": "https://maison-reemploi.example",
}


def run(story: Story) -> None:
    """Turn the first company into the French one, create the Moroccan one, give both rates."""
    env = story.env
    currencies = {
        name: env["res.currency"].with_context(active_test=False).search([("name", "=", name)])
        for name in ("EUR", "MAD")
    }
    for currency in currencies.values():
        currency.active = True
    french = env.ref("base.main_company")
    _give_chart(env, french, "fr")
    french.write({**FRENCH, "country_id": env.ref("base.fr").id, **_quiet(env)})
    french.currency_id = currencies["EUR"]
    moroccan = env["res.company"].create(
        {
            **MOROCCAN,
            **_quiet(env),
            "country_id": env.ref("base.ma").id,
            "currency_id": currencies["MAD"].id,
        }
    )
    _give_chart(env, moroccan, "ma")
    moroccan.currency_id = currencies["MAD"]
    story.companies = {"fr": french, "ma": moroccan}
    env.user.company_ids |= moroccan
    env.ref("base.user_admin").company_ids |= moroccan
    _create_rates(story, currencies)


def _quiet(env) -> dict:
    """Return the company settings that keep the demo from writing to anybody."""
    wanted = {
        "stock_move_email_validation": False,
        "stock_move_sms_validation": False,
        "stock_text_confirmation": False,
        "has_received_warning_stock_sms": True,
        "iap_enrich_auto_done": True,
    }
    return {name: value for name, value in wanted.items() if name in env["res.company"]._fields}


def _give_chart(env, company, template: str) -> None:
    if company.chart_template != template:
        env["account.chart.template"].with_context(**QUIET).try_loading(
            template, company, install_demo=False
        )


def _create_rates(story: Story, currencies: dict) -> None:
    """Give both companies a monthly rate that swings by two per cent."""
    vals_list = []
    for month in range(MONTHS + 1):
        day = (story.now - timedelta(days=30.4 * (MONTHS - month))).date().replace(day=1)
        dirhams = DIRHAMS_FOR_A_EURO * (1 + 0.02 * math.sin(month / 3))
        vals_list += [
            {"name": day, "rate": dirhams, "currency_id": currencies["MAD"].id,
             "company_id": story.companies["fr"].id},
            {"name": day, "rate": 1 / dirhams, "currency_id": currencies["EUR"].id,
             "company_id": story.companies["ma"].id},
        ]  # fmt: skip
    seen, unique = set(), []
    for vals in vals_list:
        key = vals["name"], vals["company_id"]
        if key not in seen:
            seen.add(key)
            unique.append(vals)
    story.env["res.currency.rate"].create(unique)

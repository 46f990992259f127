"""Makes what both sides read, and one key for each."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from odoo import Command, fields

from ..worker import Odoo


def prepare(odoo: Odoo) -> dict[str, Any]:
    """Make three keys of one user: for JSON-2, for the API, for the API without its books.

    :return: the keys, and the ids of products in stock.
    """
    with odoo.transaction("admin") as env:
        expiry = fields.Datetime.now() + timedelta(days=1)
        company = env.company
        quiet = env["res.company"].create({"name": "Quiet", "stockex_api_log": False})
        env.user.company_ids |= quiet
        products = env["stock.quant"].search([("quantity", ">", 0)], limit=3000).product_id
        return {
            "json2": env["res.users.apikeys"]._generate("rpc", "bench", expiry),
            "books": _key(env, company, 100_000),
            "plain": _key(env, quiet, 0),
            "products": products.ids[:30],
        }


def _key(env: Any, company: Any, limit: int) -> str:
    text = "sxk_" + secrets.token_urlsafe(32)
    env["stockex.api.key"].sudo().create(
        {
            "name": "bench",
            "user_id": env.uid,
            "company_id": company.id,
            "all_companies": True,
            "prefix": text[:8],
            "key_hash": hashlib.sha256(text.encode()).hexdigest(),
            "limit_per_minute": limit,
            "expires_at": fields.Datetime.now() + timedelta(days=1),
            "scope_ids": [Command.set(env["stockex.api.scope"].search([]).ids)],
        }
    )
    return text

"""What happens in the story: plain values from one seed, no Odoo, no clock."""

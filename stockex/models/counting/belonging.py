def foreign_to(records, company):
    """Return the records that belong to another company; those of none belong to all."""
    return records.filtered(lambda record: record.company_id and record.company_id != company)

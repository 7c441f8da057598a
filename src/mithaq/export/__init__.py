"""What leaves mithaq: the record of a page, tables for spreadsheets, and later the formats of other worlds."""

from mithaq.export.record import check_record, encode_record, write_record
from mithaq.export.tables import TABLE_FORMATS, write_table

__all__ = ["TABLE_FORMATS", "check_record", "encode_record", "write_record", "write_table"]

"""What a guest's text is about: categories by the rules of our lexicon, or by weights learned from the hotel's cases.

Plain Python: no Odoo, no network, no clock. ``rules.judge(text)`` is the door.
"""

"""What the bridge is told: one INI file, and secrets from the environment.

>>> text = "[odoo]\\nurl = http://127.0.0.1:8069\\n[asterisk]\\ntrunk = sip1\\n"
>>> settings = read_settings(text, {"HOTEL_BRIDGE_KEY": "k"})
>>> settings.odoo_url, settings.odoo_key, settings.trunk, settings.driver
('http://127.0.0.1:8069', 'k', 'sip1', 'asterisk')
>>> read_settings("[odoo]\\nurl = x\\n", {})
Traceback (most recent call last):
ValueError: There is no key: set HOTEL_BRIDGE_KEY
"""

import configparser
from dataclasses import dataclass

#: section and name -> field
PLACES = {
    ("bridge", "driver"): "driver",
    ("bridge", "spool"): "spool_dir",
    ("odoo", "url"): "odoo_url",
    ("odoo", "database"): "odoo_database",
    ("asterisk", "url"): "ari_url",
    ("asterisk", "user"): "ari_user",
    ("asterisk", "application"): "application",
    ("asterisk", "trunk"): "trunk",
    ("asterisk", "fallback_context"): "fallback_context",
    ("asterisk", "extension_context"): "extension_context",
    ("asterisk", "sounds"): "sounds_dir",
    ("webhook", "host"): "webhook_host",
    ("webhook", "port"): "webhook_port",
    ("webhook", "public_url"): "public_url",
    ("webhook", "provider_url"): "provider_url",
    ("webhook", "account"): "provider_account",
}
SECRETS = {
    "HOTEL_BRIDGE_KEY": "odoo_key",
    "HOTEL_BRIDGE_ARI_PASSWORD": "ari_password",
    "HOTEL_BRIDGE_WEBHOOK_TOKEN": "webhook_token",
}


@dataclass
class Settings:
    """Settings of one bridge."""

    odoo_url: str = ""
    odoo_key: str = ""
    odoo_database: str = ""
    driver: str = "asterisk"
    spool_dir: str = "spool"
    ari_url: str = "http://127.0.0.1:8088"
    ari_user: str = "hotel"
    ari_password: str = ""
    application: str = "hotel"
    trunk: str = "trunk"
    fallback_context: str = "hotel-fallback"
    extension_context: str = "from-agent"
    sounds_dir: str = "/usr/share/asterisk/sounds/hotel"
    webhook_host: str = "127.0.0.1"
    webhook_port: int = 8090
    public_url: str = ""
    provider_url: str = "https://api.twilio.com"
    provider_account: str = ""
    webhook_token: str = ""


def read_settings(text: str, environ) -> Settings:
    """Return the settings of an INI text and an environment.

    :raises ValueError: something that is needed is missing
    """
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    settings = Settings()
    for (section, name), field in PLACES.items():
        if parser.has_option(section, name):
            value = parser.get(section, name)
            setattr(settings, field, int(value) if field == "webhook_port" else value)
    for variable, field in SECRETS.items():
        setattr(settings, field, environ.get(variable, ""))
    if not settings.odoo_key:
        raise ValueError("There is no key: set HOTEL_BRIDGE_KEY")
    if settings.driver not in ("asterisk", "webhook"):
        raise ValueError("“driver” is asterisk or webhook.")
    return settings

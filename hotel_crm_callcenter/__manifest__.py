{
    "name": "Hotel CRM Call Center",
    "summary": "A telephone that knows the guest: voice menu, agent's desk, callbacks",
    "version": "19.0.1.0.0",
    "category": "Services/Hotel",
    "author": "Hotel CRM contributors",
    "license": "LGPL-3",
    "depends": ["hotel_crm_service"],
    "data": [
        "security/hotel_crm_callcenter_groups.xml",
        "security/ir.model.access.csv",
        "security/hotel_call_security.xml",
        "views/hotel_crm_callcenter_menus.xml",
        "views/hotel_call_views.xml",
        "views/hotel_call_job_views.xml",
        "views/hotel_call_exchange_views.xml",
        "views/hotel_voice_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "hotel_crm_callcenter/static/src/simulator/**/*",
        ],
    },
    "uninstall_hook": "uninstall_hook",
}

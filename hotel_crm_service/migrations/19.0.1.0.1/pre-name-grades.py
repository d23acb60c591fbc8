"""The grades of the standard that comes with the addon have XML ids, so that their names are translated.

Before, they were made without; the file that declares them leaves alone what is there.
"""

GRADES = {
    "satisfaction_grade_very_satisfied": (90, 101),
    "satisfaction_grade_satisfied": (75, 90),
    "satisfaction_grade_neutral": (60, 75),
    "satisfaction_grade_dissatisfied": (40, 60),
    "satisfaction_grade_very_dissatisfied": (0, 40),
}


def migrate(cr, _version):
    """Name those that the hotel has not changed; what it has made of them keeps its own words."""
    for name, bounds in GRADES.items():
        cr.execute(
            """INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
               SELECT 'hotel_crm_service', %s, 'hotel.satisfaction.grade', min(grade.id), TRUE
                 FROM hotel_satisfaction_grade grade
                 JOIN ir_model_data standard ON standard.module = 'hotel_crm_service'
                  AND standard.name = 'satisfaction_standard_default' AND standard.res_id = grade.standard_id
                WHERE (grade.score_from, grade.score_below) = (%s, %s)
                  AND NOT EXISTS (SELECT FROM ir_model_data named
                                   WHERE named.model = 'hotel.satisfaction.grade' AND named.res_id = grade.id)
               HAVING count(*) = 1
               ON CONFLICT (module, name) DO NOTHING""",
            [name, *bounds],
        )

"""Two jobs evaluate memberships, each its half; where there was one, it went on to do all of it beside the other."""


def migrate(cr, _version):
    """Give the first job its half, unless the hotel has made something else of it; its file is noupdate."""
    cr.execute(
        """UPDATE ir_act_server action SET code = 'model._cron_evaluate(0)' FROM ir_model_data named
            WHERE named.module = 'hotel_crm_loyalty' AND named.model = 'ir.actions.server' AND named.res_id = action.id
              AND named.name = 'hotel_loyalty_cron_evaluate_ir_actions_server'
              AND action.code = 'model._cron_evaluate()'"""
    )

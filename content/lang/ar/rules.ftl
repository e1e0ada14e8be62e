# قواعد ما يتبع من تلقاء نفسه بين الحوادث وما يرتبط بها

rules-title = القواعد الآلية
rules-hint = ما يجري آليًا حين تتغير حادثة أو ما يتبعها. القاعدة الموقوفة لا تفعل شيئًا، وما فعلته يبقى. وكل ذلك مدوّن في السجل.
rules-on = مفعّلة
rules-off = موقوفة
rules-switched = غيّرها
rules-do-on = تفعيل
rules-do-off = إيقاف
rules-do-on-which = تفعيل: { $rule }
rules-do-off-which = إيقاف: { $rule }
rules-did-on = القاعدة مفعّلة.
rules-did-off = القاعدة موقوفة.

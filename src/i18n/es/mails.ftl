# Correos.

# Todos los correos
mail-raw-url = Si el botón no funciona, copie esta dirección en su navegador:
mail-asked = Solicitado en { $place } el { $when }.
mail-sent-by = { $host } ha enviado este correo en nombre de { $brand }.
mail-contact = Contacto: { $contact }
mail-notice = Aviso de privacidad

# Confirmar
mail-confirm-subject = Confirme su suscripción a { $brand }
mail-confirm-title = ¿Quiere estos correos?
mail-confirm-who = { $brand } ha recibido una solicitud para enviar correos a { $address }. No se envía nada más hasta que diga que sí.
mail-confirm-what = Si dice que sí, recibirá:
mail-confirm-yes = Sí, quiero estos correos
mail-confirm-code = O escriba este código en la página de inscripción:
mail-confirm-expires = El enlace y el código funcionan hasta el { $when }.
mail-confirm-leave = Si dice que sí, podrá darse de baja en cualquier momento, con un solo clic.
mail-confirm-ignore = Si no ha sido usted, no haga nada: no se enviará nada más y la solicitud se borrará.
mail-confirm-not-me = No he sido yo
mail-confirm-not-me-means = (para bloquear nuevas solicitudes con esta dirección)

# Inscripción ya activa
mail-already-subject = Su suscripción a { $brand } ya está activa
mail-already-title = Su suscripción ya está activa
mail-already-who = Una nueva solicitud ha pedido a { $brand } que envíe correos a { $address }. Ya los recibe, así que no cambia nada.
mail-already-what = Lo que recibe:
mail-already-since = desde el { $date }
mail-already-link = Ver o cambiar mis preferencias
mail-already-ignore = Si no ha sido usted, no haga nada.

# Su enlace
mail-link-subject = Su enlace a sus preferencias en { $brand }
mail-link-title = Aquí tiene su enlace
mail-link-who = Ha pedido un enlace a sus preferencias en { $brand }, para { $address }.
mail-link-opens = Abre la página donde puede ver qué recibe y desde cuándo. Allí puede cambiarlo, darse de baja y ejercer sus derechos sobre sus datos.
mail-link-button = Abrir mis preferencias
mail-link-expires =
    { $minutes ->
        [one] El enlace funciona durante un minuto, hasta el { $when }.
       *[other] El enlace funciona durante { $minutes } minutos, hasta el { $when }.
    }
mail-link-keep = No reenvíe este correo: quien lo tenga puede usar el enlace.
mail-link-ignore = Si no lo ha pedido, no haga nada: nadie puede usar el enlace sin este correo.

# Su código
mail-code-subject = Su código para { $brand }
mail-code-title = Su código
mail-code-allows-preferences = Escríbalo en la página que tiene abierta para ver y cambiar sus preferencias en { $brand } (dirección { $address }).
mail-code-allows-export = Escríbalo en la página que tiene abierta para descargar los datos que { $brand } conserva sobre { $address }.
mail-code-allows-erasure = Escríbalo en la página que tiene abierta para suprimir los datos que { $brand } conserva sobre { $address }. No se puede deshacer.
mail-code-expires =
    { $minutes ->
        [one] El código funciona durante un minuto, hasta el { $when }.
       *[other] El código funciona durante { $minutes } minutos, hasta el { $when }.
    }
mail-code-ignore = Si no lo ha pedido, no haga nada y no se lo dé a nadie. { $brand } nunca pide este código por teléfono ni por correo.

# Justificante
mail-receipt-subject = Su justificante { $number } de { $brand }
mail-receipt-title = Su justificante
mail-receipt-agreed = El { $when } aceptó recibir correos de { $brand } en { $address }:
mail-receipt-stopped = El { $when } se dio de baja de correos de { $brand } en { $address }:
mail-receipt-refused = El { $when } dijo que no a correos de { $brand } en { $address }:
mail-receipt-change = { $name }: { $state }
mail-receipt-yes = sí
mail-receipt-stop = de baja
mail-receipt-no = no
mail-receipt-number = Número de justificante: { $number }
mail-receipt-files = Adjuntos: { $paper } (para leer) y { $proof } (la prueba)
mail-receipt-keep = Guarde este correo: prueba qué eligió y cuándo.
mail-receipt-check = Para comprobar la prueba, elija el archivo { $proof } en esta página. Se comprueba en su navegador y no se envía a ningún sitio:
mail-receipt-ask = Si cambia de opinión, o si no fue usted, pida aquí un enlace a sus preferencias:

## Guardian
mail-guardian-subject = Una inscripción en { $brand } espera su respuesta
mail-guardian-title = ¿Está de acuerdo con estos correos?
mail-guardian-who = Una persona menor de { $age } años ha pedido a { $brand } que envíe correos a { $address }. Como dirección de quien ejerce su patria potestad o tutela ha indicado la que recibe este correo.
mail-guardian-both = A esa edad hacen falta dos consentimientos: el del menor y el de quien ejerce su patria potestad o tutela. No se envía nada más hasta que ambas personas hayan dicho que sí.
mail-guardian-what = Si ambas personas dicen que sí, el menor recibirá:
mail-guardian-yes = Sí, estoy de acuerdo con estos correos
mail-guardian-expires = El enlace funciona hasta el { $when }. En su página también puede decir que no.
mail-guardian-leave = Si dice que sí, los correos se podrán detener en cualquier momento, con un solo clic.
mail-guardian-ignore = Si no está de acuerdo, o si no sabe de quién se trata, también puede no hacer nada: no se enviará ningún correo y la solicitud se borrará.
mail-guardian-kept = Su dirección sirve solo para esta pregunta. Se borra en cuanto la pregunta queda resuelta.
mail-guardian-not-me-means = (para bloquear nuevas solicitudes con su dirección)
## alert
mail-alert-subject-began = El formulario { $form } puede estar sufriendo un ataque
mail-alert-subject-ended = El formulario { $form } vuelve a estar en calma
mail-alert-began = Desde el { $when }, el formulario { $form } recibe muchas más inscripciones de lo habitual, o casi ninguna se confirma. Quizá se use para enviar correos no deseados a otras personas.
mail-alert-began-now = El formulario pide ahora a los navegadores un breve cálculo antes de aceptar una inscripción. Quien lo visita ve, como mucho, un botón más. Pase lo que pase, nadie recibe más que unos pocos correos de confirmación.
mail-alert-began-do = No tiene que hacer nada. El formulario volverá por sí solo a la normalidad, y entonces le escribiremos.
mail-alert-ended = El formulario { $form } lleva media hora en calma. Acepta inscripciones como antes.
mail-alert-ended-do = No tiene que hacer nada.

## Webhook endpoints

mail-endpoint-subject-failing = Su punto de webhooks en { $host } está fallando
mail-endpoint-subject-disabled = Su punto de webhooks en { $host } está desactivado
mail-endpoint-failing = Desde el { $when }, su punto de webhooks en { $host } no ha aceptado ninguno de nuestros mensajes. Cada mensaje se intenta de nuevo, durante tres días como máximo.
mail-endpoint-failing-do = Haga que lo revisen. Si el { $when } sigue sin aceptar nada, lo desactivaremos y le escribiremos.
mail-endpoint-gone = Su punto de webhooks en { $host } respondió que ya no existe (410). Lo hemos desactivado.
mail-endpoint-failed = Su punto de webhooks en { $host } está desactivado: todos los envíos fallaron durante 5 días.
mail-endpoint-disabled-do = Ya no recibe nada. Cuando vuelva a funcionar, actívelo con { $enable } y pida con { $replay } que se le envíe de nuevo lo que se perdió.
mail-endpoint-id = Su identificador es { $id }.

# Fechas
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

# Alrededor de cada página
title-error = Error:
frame-skip = Ir al contenido
frame-languages = Idioma
frame-responsible = Responsable de sus datos: { $legal }
frame-contact = Escribir a { $address }
frame-notice = Aviso de privacidad
frame-how = Cómo funciona esta página

# La situación de una persona en cada finalidad
standing-never = No recibe estos correos.
standing-waiting = Pendiente de su confirmación. Abra el correo que le hemos enviado.
standing-receiving = Recibe estos correos desde el { $date }.
standing-left = Se dio de baja el { $date }.
standing-refused = Dijo que no el { $date }.
standing-lapsed = Su consentimiento terminó el { $date }.
purpose-how-often = Frecuencia: { $frequency }.
frequency-immediate = cuando hay novedades
frequency-daily = cada día
frequency-weekly = una vez por semana
frequency-monthly = una vez al mes
frequency-quarterly = cuatro veces al año
frequency-occasional = de vez en cuando

# Formularios
form-errors = Hay un problema
email-label = Dirección de correo electrónico
email-missing = Escriba su dirección de correo electrónico
email-malformed = Escriba una dirección completa, por ejemplo nombre@example.com
email-too-long = Escriba una dirección más corta: 254 caracteres como máximo
email-not-ascii = Use una dirección sin acentos ni eñes antes de la @: muchos servicios de correo no pueden entregar en ella
email-several = Escriba una sola dirección de correo electrónico
email-domain = Revise lo que va después de la @: no parece el nombre de un servicio de correo
code-label = Código de 6 cifras
code-hint = Está en el correo. Puede pegarlo.
code-send = Continuar
code-malformed = Escriba las 6 cifras del código
code-wrong = { $n ->
    [0] No es el código que enviamos. Ha habido demasiados intentos: pida uno nuevo
    [one] No es el código que enviamos. Queda un intento
   *[other] No es el código que enviamos. Quedan { $n } intentos
  }
code-expired = Este código ya no funciona. Pida uno nuevo
code-exhausted = Ha habido demasiados intentos con este código. Pida uno nuevo
receipt-title = Su justificante
receipt-number = Justificante
receipt-when = Fecha
receipt-about = Asunto
receipt-wording = Texto mostrado
receipt-version = { $name }, versión { $n } ({ $locale })
receipt-open = Abrir este justificante
receipt-page-title = Justificante { $number }
receipt-address = Dirección de correo electrónico
receipt-pdf = Descargar en PDF
receipt-data = Descargar la prueba
receipt-files = El PDF sirve para leer e imprimir. La prueba es un archivo que cualquiera puede comprobar, incluso sin nosotros.
receipt-waiting = La prueba se está escribiendo. Suele estar lista en unos segundos: vuelva a cargar esta página o vuelva más tarde.
receipt-shown = El texto que se le mostró
receipt-steps = Cómo ocurrió
receipt-proof = Por qué esto lo prueba
receipt-place = Es la entrada { $n } de un registro público de { $of } entradas. Nadie, ni siquiera nosotros, puede cambiar una entrada después sin que se note.
receipt-check = Quien tenga el archivo de prueba puede comprobar todo esto sin preguntarnos.
receipt-check-go = Comprobar un archivo de prueba
number-lead = Esto es lo que consta con este número.
number-organisation = Organización
number-what = Qué ocurrió
number-erased = Los datos de la persona se han suprimido. Solo quedan la fecha y el lugar en el registro.
number-log = Registro público
number-place = Entrada { $n }, firmada
number-unsigned = Se está escribiendo. Vuelva a cargar esta página en unos segundos.
number-how = El justificante completo
number-how-text = Solo la persona interesada ve el justificante completo. Está en su página de preferencias, en el historial. El archivo de prueba que lo acompaña puede comprobarlo cualquiera.
receipt-keep = Guarde este número si quiere probar su elección más adelante. Puede imprimir esta página.
undo = Deshacer
undo-until = Puede deshacerlo hasta el { $until }.

# Inscripción
sign-up-title = Recibir los correos de { $name }
sign-up-you-get = Recibirá:
sign-up-choose = ¿Qué quiere recibir?
sign-up-email-why = Solo la usamos para enviarle lo que pida aquí.
sign-up-optional = { $label } (opcional)
sign-up-trap = Deje esto vacío
sign-up-notice = { $legal } usa su dirección para enviarle lo que elija aquí, con su consentimiento, hasta que usted lo retire. Cada correo lleva un enlace para hacerlo.
sign-up-notice-link = Cómo se usan sus datos
sign-up-send = Inscribirme
sign-up-next = Le enviaremos un correo para confirmar. Nada más hasta que lo haga.
sign-up-nothing-ticked = Elija al menos un tipo de correo
sign-up-not-offered = Elija entre las casillas de este formulario
sign-up-field-missing = Rellene: { $label }
sign-up-field-too-long = Acorte a { $n } caracteres como máximo: { $label }
sign-up-again = Envíe el formulario otra vez, por favor
sign-up-text-changed = El texto de este formulario cambió después de abrirlo. Léalo y elija de nuevo. No se ha guardado nada.
sign-up-too-soon = Ha vuelto más rápido de lo habitual. Todavía no se ha guardado nada. Pulse «Inscribirme» una vez más.
sign-up-stale = Este formulario llevaba demasiado tiempo abierto. Revíselo y envíelo otra vez. No se ha guardado nada.

# Mire su correo
check-title = Mire su correo
check-sent = Enviamos un correo a la dirección que nos ha dado. Debería llegar en un minuto.
check-do = Ábralo y pulse «Sí, quiero estos correos», o escriba aquí el código.
check-until = El enlace y el código funcionan hasta el { $until }.
check-missing = ¿No ha llegado el correo?
check-missing-wait = Espere unos minutos: algunos servicios de correo retienen los mensajes antes de dejarlos pasar.
check-missing-spam = Mire en la carpeta de correo no deseado. Busque { $sender }.
check-missing-typo = Puede haber una errata en la dirección: vuelva atrás y escríbala de nuevo.
check-limit = Para proteger a las personas de los correos no deseados, enviamos a una misma dirección como máximo un correo cada 10 minutos y tres al día. Si está bloqueada para nuevas solicitudes, no se envía nada.
check-again = Enviarlo otra vez
check-other = Usar otra dirección
check-resent = Si el límite de esta dirección lo permite, hay un nuevo correo en camino. Use el más reciente.

# Confirmar
confirm-title = Confirme qué quiere recibir
confirm-asked = Alguien, probablemente usted, inscribió { $address } el { $date }.
confirm-you-get = Si dice que sí, recibirá:
confirm-choose = Lo que se pidió
confirm-untick = Desmarque lo que no quiera.
confirm-nothing-ticked = Deje al menos una casilla marcada o pulse «No, borrar mi solicitud»
confirm-not-asked = Elija entre las casillas de esta solicitud
confirm-yes = Sí, quiero estos correos
confirm-no = No, borrar mi solicitud
confirm-why = ¿Por qué un clic más? Hay programas de seguridad que abren los enlaces de los correos. Su clic prueba que ha sido usted.
confirm-until = Este enlace funciona hasta el { $until }. Si no hace nada, la solicitud se borra y no recibirá nada.
confirmed-title = Su inscripción está confirmada
confirmed-now = Su elección se ha guardado.
confirmed-already = Lo confirmó el { $when }. No hay que hacer nada más.
confirmed-you-get = Ha pedido:
confirmed-next-title = Y ahora
confirmed-next = Recibirá el próximo correo cuando se envíe. Cada uno lleva un enlace para darse de baja. Puede cambiar de opinión en cualquier momento.
confirmed-preferences = Ver y cambiar sus preferencias
deleted-title = Su solicitud se ha borrado
deleted-now = No recibirá los correos de esta solicitud.
deleted-next = No ha cambiado nada más. Si recibe otros correos nuestros, puede darse de baja con el enlace que lleva cada uno.
deleted-form = Volver al formulario

# Preferencias
preferences-title = Sus preferencias de correo
preferences-address = Dirección: { $address }
preferences-tally = Recibe { $n } de { $of }.
preferences-choose = Correos que puede recibir
preferences-language = Idioma de los correos
preferences-save = Guardar mis preferencias
preferences-stop = Darme de baja de todo
preferences-effect = Lo que deje de querer termina ahora mismo. Un correo que ya esté en camino aún puede llegar.
preferences-pause = Hacer una pausa
preferences-pause-what = Conserva sus preferencias y no recibe nada durante:
preferences-pause-2w = 2 semanas
preferences-pause-1m = 1 mes
preferences-pause-3m = 3 meses
preferences-paused = Sus correos están en pausa hasta el { $date }.
preferences-resume = Reanudar ahora
preferences-more = Ver y cambiar más
preferences-more-why = Esta página se abrió desde un enlace que quizá se haya reenviado. Por eso su dirección está oculta en parte, y su historial también. Para verlos, o para recibir correos nuevos sin otra confirmación, enviamos un código a su dirección.
preferences-code = Enviarme un código
preferences-code-again = Enviarme un código nuevo
history-title = Su historial
history-none = Todavía no ha ocurrido nada.
history-when = Fecha
history-what = Qué ocurrió
history-asked = Pidió: { $names }.
history-mailed = Le enviamos el correo para confirmar.
history-bounced = El correo para confirmar no se pudo entregar.
history-yes = Dijo que sí a: { $names }.
history-left = Se dio de baja de: { $names }.
history-no = Dijo que no a: { $names }.
history-too-old = Su consentimiento terminó: { $names }.
history-again = Repitió lo que ya había dicho.
history-lapsed = Su solicitud no se confirmó a tiempo y se borró.
history-not-me = Nos indicó que una solicitud no era suya.
history-paused = Hizo una pausa.
history-resumed = La pausa terminó.
history-language = Cambió el idioma de sus correos.
history-by-form = Con un formulario de inscripción.
history-by-link = Con el enlace que le enviamos.
history-by-code = Con el código que le enviamos.
history-by-preferences = En esta página.
history-by-unsubscribe = Con el enlace de baja de un correo.
history-by-one-click = Con el botón de baja de su programa de correo.
history-by-undo = Al deshacer el cambio anterior.
history-by-not-me = Con el enlace «no he sido yo».
history-by-time = Por sí solo, al pasar el plazo.
recipients-title = Quién recibe sus datos
recipients-none = Solo { $name } y el proveedor de esta página, que sigue sus instrucciones.
recipients-some = { $name }, el proveedor de esta página, que sigue sus instrucciones, y:
rights-title = Sus derechos
rights-list = Puede ver sus datos, corregirlos, llevárselos a otro sitio, hacer que se supriman o se limite su uso, y oponerse a que se usen.
rights-write = Escriba a
rights-deadline = Recibirá respuesta en el plazo de un mes, sin coste.
saved-title = Guardado
saved-nothing = No ha cambiado nada.
saved-left = Ya no recibirá: { $name }.
saved-joined = Desde ahora recibirá: { $name }.
saved-asked = Pendiente de su confirmación: { $name }.
saved-held = Aún no ha empezado, porque ahora no podemos enviar el correo de confirmación: { $name }.
saved-language = Le escribiremos en este idioma: { $name }.
saved-underway = Tiene efecto ahora mismo. Un correo que ya esté en camino aún puede llegar.
saved-confirm = Hay un correo de confirmación en camino. No recibirá nada nuevo hasta que confirme.
not-saved-title = No ha cambiado nada
not-saved-offered = Las opciones han cambiado. Mírelas abajo y guarde otra vez.
not-saved-break = Elija una de las pausas de abajo.
frozen-title = Sus datos están congelados
frozen-what = Usted lo pidió. No se le envía nada y sus preferencias quedan como están. Aún puede darse de baja de todo. Para ponerle fin, escriba a la dirección que figura al pie de esta página.
stopped-title = Se ha dado de baja de todo
stopped-now = No recibirá nada más.
paused-title = Sus correos están en pausa
paused-now = No recibirá nada hasta el { $date }. Después se reanudan por sí solos.
resumed-title = La pausa ha terminado
resumed-now = Vuelve a recibir lo que está marcado abajo.
undone-title = Deshecho
undone-now = Sus preferencias están como antes.
undo-late-title = Es demasiado tarde para deshacerlo
undo-late-next = Un cambio se puede deshacer durante 15 minutos. Aún puede cambiar sus preferencias abajo.
code-sent-title = Le enviamos un código
code-sent-now = Debería llegar en un minuto. Escríbalo en «Ver y cambiar más». Funciona durante 30 minutos.

# Recibir mi enlace
ask-title = Recibir mi enlace
ask-what = Le enviamos un enlace a la página donde puede ver y cambiar lo que recibe.
ask-hint = La dirección que recibe nuestros correos.
ask-send = Recibir mi enlace
ask-whose = ¿De quién recibe correos?
ask-nobody = Todavía nadie envía correos con este servicio.
ask-sent-title = Mire su correo
ask-sent-what = Si conocemos esta dirección, el enlace debería llegar en un minuto.
ask-sent-unknown = Para proteger la intimidad de las personas, esta página no dice si una dirección es conocida.

# Darse de baja
unsubscribe-title = ¿Darse de baja de «{ $name }»?
unsubscribe-title-all = ¿Darse de baja de todos los correos de { $name }?
unsubscribe-already = Se dio de baja el { $date }. No hay que hacer nada más.
unsubscribe-now = Darme de baja
unsubscribe-effect = Tiene efecto ahora mismo. Un correo que ya esté en camino aún puede llegar.
unsubscribe-other = O bien
unsubscribe-pause = Hacer una pausa
unsubscribe-choose = Elegir qué recibe
unsubscribed-title = Se ha dado de baja de «{ $name }»
unsubscribed-title-all = Se ha dado de baja de todos los correos de { $name }
unsubscribed-now = Tiene efecto ahora mismo. No le enviaremos ningún correo sobre esta baja.
unsubscribed-mistake = ¿Ha sido un error?
unsubscribed-still = Lo que todavía recibe
unsubscribed-still-none = Nada de { $name }.
reason-title = Una pregunta, si quiere
reason-label = ¿Por qué se ha dado de baja?
reason-none = Prefiero no decirlo
reason-too-many = Demasiados correos
reason-not-relevant = No tratan de lo que me interesa
reason-never-asked = Nunca los pedí
reason-other-address = Ahora uso otra dirección
reason-other = Otro motivo
reason-send = Enviar mi respuesta
reason-thanks = Gracias. Su respuesta se ha guardado.

# No he sido yo
not-me-title = ¿No ha sido usted?
not-me-what = Alguien escribió { $address } en un formulario de inscripción. Si no fue usted, basta con un botón:
not-me-request = la solicitud se borra;
not-me-block = las nuevas solicitudes para esta dirección se ignoran, así que no se envían más correos de este tipo;
not-me-keep = lo que ya recibe no cambia.
not-me-send = Bloquear esta dirección
not-me-nothing = Si no hace nada, la solicitud se borra por sí sola en unos días y no recibirá nada.
not-me-done-title = Esta dirección está bloqueada
not-me-done = La solicitud para { $address } se ha borrado. Los formularios de inscripción ya no pueden hacer que le escribamos.
not-me-later = Si algún día quiere inscribirse, escriba a la dirección que figura al pie de esta página.

# Aviso de privacidad
notice-title = Aviso de privacidad: { $name }
notice-version = Versión { $version }, en vigor desde el { $date }
notice-who = Responsable del tratamiento
notice-what-for = Para qué se usa su dirección
notice-basis = Por qué está permitido
notice-basis-text = Porque usted lo consiente, por separado para cada tipo de correo (RGPD, artículo 6, apartado 1, letra a). Puede decir que no con toda libertad: nada más depende de ello.
notice-stop = Cómo retirar el consentimiento
notice-stop-text = Use el enlace al pie de cualquier correo o pida aquí un enlace. Tiene efecto ahora mismo. Lo que se envió antes sigue siendo lícito.
notice-data = Qué se conserva
notice-data-text = Su dirección, su idioma y lo que escriba en el formulario. Como prueba de cada elección: la fecha y la hora, el texto mostrado, la página, el nombre de su navegador y una parte de su dirección de red.
notice-long = Durante cuánto tiempo
notice-long-request = { $n ->
    [one] Una solicitud sin confirmar: se borra después de un día.
   *[other] Una solicitud sin confirmar: se borra después de { $n } días.
  }
notice-long-consent = Su dirección: mientras reciba algo, o hasta que nos pida suprimirla.
notice-long-lapse = { $n ->
    [one] Un sí a «{ $name }» que no se use durante un día deja de contar.
   *[other] Un sí a «{ $name }» que no se use durante { $n } días deja de contar.
 }
notice-where = Dónde
notice-where-eu = Sus datos se conservan en la Unión Europea.
notice-where-country = Sus datos se conservan en este país: { $country }.
notice-long-proof = La prueba de sus elecciones: mientras sigan vigentes y, después, mientras la ley permita discutirlas.
notice-complain = Si no está conforme

# La entrada
root-title = Su consentimiento para recibir correos
root-link = Cada correo enviado con este servicio lleva un enlace a la página de sus preferencias. Si no tiene ninguno a mano, pídalo.
root-docs = Documentación

# Cómo funciona esta página
how-title = Cómo funciona esta página
how-lead = Este servicio guarda una sola cosa: su consentimiento para recibir correos. Quién puede escribirle, sobre qué y desde cuándo.
how-open = Abrir un enlace no cambia nada
how-open-text = Hay programas de seguridad que abren los enlaces de sus correos antes que usted. Por eso un enlace solo muestra una página. Algo cambia únicamente cuando pulsa un botón en ella.
how-twice = Por qué preguntamos dos veces
how-twice-text = Cualquiera puede escribir su dirección en un formulario. Por eso una inscripción solo cuenta cuando se confirma desde su propio buzón. Una solicitud que nadie confirma se borra.
how-leave = Irse es tan fácil como entrar
how-leave-text = Un botón. Sin contraseña ni preguntas previas. El enlace funciona en cualquier correo, por antiguo que sea, y tiene efecto en el momento.
how-masked = Por qué su dirección está oculta
how-masked-text = Los correos se reenvían. Quien abre el enlace de un boletín puede dar de baja los envíos, pero no ve su dirección completa ni su historial, y no puede inscribirle en nada. Para eso enviamos un código a su buzón.
how-proof = Qué se guarda como prueba
how-proof-text = Cada vez que dice que sí o que no: la fecha, el texto exacto que se le mostró y cómo respondió. Recibe un número de justificante.
how-watch = Lo que aquí no ocurre
how-watch-text = Ni seguimiento ni publicidad. Nada en estas páginas viene de otra empresa. Funcionan en cualquier navegador, sin JavaScript.
how-ask = Si no tiene un enlace
how-ask-text = Pida uno: lo enviamos a su dirección. Para todo lo demás, escriba a la organización que le envía los correos.

# Cuando algo no ha ocurrido
message-link-title = Este enlace ya no funciona
message-expired = Funcionaba hasta el { $date }. Los enlaces dejan de funcionar al cabo de un tiempo para proteger sus datos.
message-replaced = Después enviamos un enlace más reciente. Use el del último correo.
message-revoked = Se dio de baja de correos el { $date }. Los enlaces enviados antes ya no inician ningún envío. Si a pesar de todo quiere estos correos, pida un enlace nuevo.
message-confirmed = La solicitud se confirmó el { $date } con el correo que enviamos a esta dirección. Puede darse de baja en la página de sus preferencias.
message-frozen-title = Ahora no se puede cambiar nada aquí
message-frozen = Sus datos están congelados a petición suya, o hubo que detener los correos a su dirección. No ha cambiado nada.
message-unreadable-title = No hemos podido leer este enlace
message-unreadable = Si lo copió de un correo, compruebe que está completo. También puede pedir uno nuevo.
message-not-found-title = Página no encontrada
message-not-found = Si escribió la dirección, revísela. Si busca sus preferencias de correo, pida su enlace.
message-too-fast-title = Espere un poco, por favor
message-too-fast = { $n ->
    [one] Ha habido demasiadas solicitudes en poco tiempo. No ha cambiado nada. Inténtelo de nuevo dentro de un minuto.
   *[other] Ha habido demasiadas solicitudes en poco tiempo. No ha cambiado nada. Inténtelo de nuevo dentro de { $n } minutos.
  }
message-closed-title = Este formulario está cerrado
message-closed = Ya no acepta inscripciones. Su dirección no se ha guardado.
message-origin-title = Este formulario no se puede usar desde ese sitio
message-origin = El formulario se envió desde un sitio que no tiene permiso para usarlo. No se ha guardado nada. Puede inscribirse en nuestra propia página.
message-bad-request-title = No hemos podido leer este formulario
message-bad-request = No se envió como lo hace esta página. No ha cambiado nada. Abra la página de nuevo e inténtelo otra vez.
message-too-large-title = Este formulario es demasiado largo
message-too-large = Contiene más texto del que aceptamos. No ha cambiado nada. Acórtelo y envíelo otra vez.
message-not-proven-title = Su justificante está casi listo
message-not-saved-title = Su elección no se ha guardado
message-not-saved = El fallo es nuestro. No ha cambiado nada. Inténtelo de nuevo en unos minutos.
message-new-link = Enviarme un enlace nuevo
message-same-address = Llega a la misma dirección que antes. No hace falta escribirla.
message-again = Intentarlo de nuevo
message-help = Si sigue sin funcionar, escriba a

## Declared fields
field-choose = Elija
field-years = de { $from } a { $to }
field-years-from = { $from } o después
field-years-to = { $to } o antes
sign-up-field-unreadable = Escriba en una sola línea, sin caracteres ocultos: { $label }
sign-up-field-not-offered = Elija entre las opciones: { $label }
sign-up-field-repeated = Rellene una sola vez: { $label }
preferences-told = Lo que nos ha dicho

## Privacy notice
notice-dpo = Delegado de protección de datos: { $dpo }
notice-transfer = Está fuera del Espacio Económico Europeo. Lo que protege allí sus datos: { $safeguard }
notice-transfer-adequate = Está fuera del Espacio Económico Europeo. La Comisión Europea ha decidido que los datos personales están bien protegidos allí (decisión de adecuación; RGPD, artículo 45).
notice-required = No tiene que dar ningún dato: no lo exige ninguna ley ni ningún contrato. Sin su dirección no podemos enviarle correos. Un campo opcional puede quedar vacío.
notice-automated = Ningún programa decide por sí solo nada sobre usted.
notice-complain-named = Puede presentar una reclamación ante la autoridad de protección de datos:
notice-complain-other = También puede acudir a la autoridad del país donde vive o trabaja.
notice-complain-any = Puede presentar una reclamación ante la autoridad de protección de datos del país donde vive o trabaja. Las de la Unión Europea figuran en edpb.europa.eu.
## Age and guardian
age-legend = ¿Qué edad tiene?
age-why = Antes de los { $age } años, la ley pide también el consentimiento de su padre, madre o tutor legal. Solo guardamos cuál de las dos respuestas elige.
age-why-refuse = Antes de los { $age } años, nadie puede inscribirse aquí por su cuenta. Solo guardamos cuál de las dos respuestas elige.
age-at-least = Tengo { $age } años o más
age-younger = Tengo menos de { $age } años
age-missing = Indique si tiene { $age } años o más
guardian-label = Correo electrónico de su padre, madre o tutor legal (solo si tiene menos de { $age } años)
guardian-why = Preguntamos por correo a esa persona si está de acuerdo. No enviamos nada más hasta que ambas personas hayan dicho que sí. Déjelo vacío si tiene { $age } años o más.
guardian-missing = Escriba el correo electrónico de su padre, madre o tutor legal, porque tiene menos de { $age } años
guardian-same = Escriba la dirección de su padre, madre o tutor legal, no la suya
guardian-wrong = Revise la dirección de su padre, madre o tutor legal. { $problem }
young-title = Todavía no puede inscribirse aquí por su cuenta
young-nothing = No se ha guardado nada de lo que ha escrito.
young-why = Estos correos son para personas de { $age } años o más. Es la edad a partir de la cual la ley permite consentir por cuenta propia.
young-next = No ha hecho nada malo. Si tiene una pregunta, pida a una persona adulta que nos escriba.
waiting-title = Su sí se ha guardado
waiting-now = Ahora también tiene que decir que sí su padre, madre o tutor legal. Hemos preguntado por correo a esa persona.
waiting-until = La respuesta puede llegar hasta el { $until }. Sin respuesta, la solicitud se borra y usted no recibirá nada.
waiting-next = No tiene que hacer nada más. Hasta que haya respuesta, no le enviamos nada más.
waiting-change = Si ha cambiado de opinión, todavía puede borrar su solicitud.
guardian-title = ¿Está de acuerdo con estos correos?
guardian-asked = El { $date }, una persona menor de { $age } años pidió recibir correos en { $address }. Como dirección de quien ejerce su patria potestad o tutela indicó la dirección a la que le hemos escrito a usted.
guardian-get = Si ambas personas dicen que sí, el menor recibirá:
guardian-yes = Sí, estoy de acuerdo
guardian-no = No, borrar la solicitud
guardian-both = Hacen falta dos consentimientos: el del menor y el suyo. Antes no se envía nada. Los correos se pueden detener en cualquier momento.
guardian-until = Este enlace funciona hasta el { $until }. Si no hace nada, la solicitud se borra y no se envía ningún correo.
guardian-not-me = No ejerzo la patria potestad ni la tutela de este menor
guardian-agreed-title = Su sí se ha guardado
guardian-agreed-waits = El menor todavía tiene que decir que sí, en el correo que enviamos a { $address }. Hasta entonces no se envía nada.
guardian-agreed-done = El menor también ha dicho que sí. Los correos pueden empezar.
guardian-agreed-stop = Cada correo lleva un enlace para darse de baja. También puede escribirnos en cualquier momento, a la dirección que figura abajo.
guardian-agreed-kept = Ya no conservamos su dirección. Como prueba de su respuesta, conservamos la fecha y un código calculado a partir de su dirección.
guardian-over-title = Esta solicitud ha terminado
guardian-over = Se ha borrado. No se envía ningún correo por ella y ya no conservamos su dirección.
guardian-refused-title = La solicitud se ha borrado
guardian-refused = Ha dicho que no. Ya no conservamos su dirección, y el menor no recibirá ninguno de los correos solicitados.
guardian-block-what = Alguien indicó su dirección como la de quien ejerce la patria potestad o tutela de un menor. Si no es así, basta con un botón:
guardian-block-keep = los correos que usted recibe no cambian.
standing-waiting-guardian = Faltan dos respuestas: la suya y la de su padre, madre o tutor legal. Hemos enviado un correo a cada persona.
saved-guardian = Sin cambios: { $name }. Hace falta el consentimiento de su padre, madre o tutor legal: pídalo con el formulario de inscripción.
history-agreed-child = Dijo que sí. Faltaba el sí de su padre, madre o tutor legal.
history-agreed-guardian = Su padre, madre o tutor legal dijo que sí. Faltaba su propio sí.
history-guardian-asked = Preguntamos por correo a su padre, madre o tutor legal.
history-guardian-unreached = El correo a su padre, madre o tutor legal no se pudo entregar.
history-by-guardian = Con la respuesta de su padre, madre o tutor legal.
## proof of work and budgets
prove-title = Un paso más
prove-why = Su dirección todavía no se ha guardado. Este formulario recibe ahora muchísimas inscripciones, y la mayoría no viene de personas.
prove-next = Pulse el botón para seguir. Es posible que su navegador calcule un momento: así le distinguimos de un programa.
prove-send = Continuar
prove-counting = Su navegador está calculando. Tarda unos segundos.
email-disposable = Use una dirección que vaya a conservar: esta es de un servicio de direcciones desechables
check-meant = ¿Quería escribir una dirección de { $domain }?
check-meant-next = La dirección que escribió termina de forma algo distinta. Si es correcta, todo está bien. Si no, inscríbase otra vez con la correcta.
## Looks
misdirected = Este nombre lleva aquí, pero no hay ninguna página configurada para él. Si es suyo: escríbalo en «hosts» de su organización y aplique el archivo, o hágalo la dirección base. Un proxy situado delante debe pasar la cabecera Host tal como llegó.
## The browser that signed up
check-same-browser = Si abre el enlace del correo en este navegador, no hay que pulsar ningún botón: abrirlo significa sí.
history-by-same-browser = Al abrir el enlace que le enviamos en el navegador de su inscripción.
how-cookie = La única cookie
how-cookie-text = Cuando se inscribe, su navegador guarda una cookie de este sitio, hasta que responda o hasta que termine el plazo de la solicitud. Si el enlace del correo se abre en ese mismo navegador, la página sabe que es usted y no hace falta pulsar el botón. Ningún otro navegador tiene esta cookie, y ningún programa de seguridad tampoco. No sirve para nada más, y no hay ninguna otra cookie.
## Embedded forms
embed-down = El formulario no se pudo enviar. Lo que ha escrito sigue aquí. Pulse el botón otra vez dentro de un momento.
embed-own-page = Ir a nuestra propia página de inscripción
embed-change = Cada correo lleva un enlace para cambiar sus preferencias o darse de baja.

## Snippets
snippet-title = Poner este formulario en su sitio
snippet-lead = Cuatro formas, un solo formulario. El texto que las personas aceptan sigue siendo el que ha publicado aquí.
snippet-element = Elemento
snippet-element-why = Péguelo donde deba estar el formulario. Toma el aspecto de su página. Sin script, se ve el enlace.
snippet-pinned = Para cargar exactamente estos bytes y ningún otro, use esta línea para el script. No recibe nuestras correcciones.
snippet-plain = Solo HTML
snippet-plain-why = Sin ningún script. Lleva la versión de su texto: péguelo de nuevo cuando cambie el formulario o un texto.
snippet-frame = Marco
snippet-frame-why = Para creadores de sitios que no admiten scripts. El script de abajo solo ajusta la altura; sin él, el marco se desplaza.
snippet-link = Enlace y código QR
snippet-link-why = Para publicaciones, mensajes y papel.
snippet-qr = Código QR de esta dirección
snippet-copy = Copiar
snippet-copied = Copiado
snippet-preview = Vista previa
snippet-preview-why = Este es el formulario real. Lo que envíe aquí es una inscripción real.
snippet-auto = Como la página
snippet-light = Claro
snippet-dark = Oscuro
snippet-bare = Sin nuestro estilo
snippet-phone = Ancho de teléfono
snippet-wide = Todo el ancho

## The reference of the API
docs-api = Referencia de la API
docs-api-lead = Cada petición que puede hacer una herramienta, qué recibe y qué responde.
docs-api-english = La referencia está en inglés, como la propia API.

## Acts of the organisation
history-restricted = Sus datos se congelaron a petición suya.
history-unrestricted = Sus datos ya no están congelados.
history-suppressed = Su dirección se marcó para no recibir más correos.
history-unsuppressed = Se retiró la marca que impedía escribir a su dirección.
history-cancelled = La solicitud se retiró antes de que usted la confirmara.
history-by-api = Según lo comunicado a la organización.

## Events

docs-events = Eventos
docs-events-lead = Lo que ocurre aquí, y lo que de ello cuentan el feed y los webhooks.

## Recipients

recipients-past = { $name } recibió su dirección hasta el { $date }.

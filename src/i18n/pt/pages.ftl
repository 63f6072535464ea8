# Datas
month-1 = janeiro
month-2 = fevereiro
month-3 = março
month-4 = abril
month-5 = maio
month-6 = junho
month-7 = julho
month-8 = agosto
month-9 = setembro
month-10 = outubro
month-11 = novembro
month-12 = dezembro

# À volta de cada página
title-error = Erro:
frame-skip = Ir para o conteúdo
frame-languages = Idioma
frame-responsible = Responsável pelo tratamento dos seus dados: { $legal }
frame-contact = Escrever para { $address }
frame-notice = Política de privacidade
frame-how = Como funciona esta página

# Em que ponto está uma pessoa para uma finalidade
standing-never = Não recebe estes e-mails.
standing-waiting = Falta a sua confirmação. Abra o e-mail que lhe enviámos.
standing-receiving = Recebe estes e-mails desde { $date }.
standing-left = Deixou de receber estes e-mails em { $date }.
standing-refused = Disse não em { $date }.
standing-lapsed = O seu consentimento terminou em { $date }.
purpose-how-often = Frequência: { $frequency }.
frequency-immediate = sempre que há novidades
frequency-daily = todos os dias
frequency-weekly = uma vez por semana
frequency-monthly = uma vez por mês
frequency-quarterly = quatro vezes por ano
frequency-occasional = de vez em quando

# Formulários
form-errors = Há um problema
email-label = Endereço de e-mail
email-missing = Introduza o seu endereço de e-mail
email-malformed = Introduza um endereço de e-mail completo, por exemplo nome@example.com
email-too-long = Introduza um endereço mais curto: 254 caracteres, no máximo
email-not-ascii = Utilize um endereço sem acentos antes do @: muitos serviços de e-mail não conseguem entregar-lhe mensagens
email-several = Introduza um só endereço de e-mail
email-domain = Verifique o que vem depois do @: não parece o nome de um serviço de e-mail
code-label = Código de 6 algarismos
code-hint = Está no e-mail. Pode colá-lo.
code-send = Continuar
code-malformed = Introduza os 6 algarismos do código
code-wrong = { $n ->
    [0] Este não é o código que enviámos. Já houve demasiadas tentativas: peça um novo código
    [one] Este não é o código que enviámos. Pode tentar mais { $n } vez
   *[other] Este não é o código que enviámos. Pode tentar mais { $n } vezes
  }
code-expired = Este código já não funciona. Peça um novo
code-exhausted = Houve demasiadas tentativas com este código. Peça um novo
receipt-title = O seu comprovativo
receipt-number = Comprovativo
receipt-when = Data
receipt-about = Assunto
receipt-wording = Texto
receipt-version = { $name }, versão { $n } ({ $locale })
receipt-open = Abrir este comprovativo
receipt-page-title = Comprovativo { $number }
receipt-address = Endereço de e-mail
receipt-pdf = Transferir em PDF
receipt-data = Transferir a prova
receipt-files = O PDF serve para ler e imprimir. A prova é um ficheiro que qualquer pessoa pode verificar, mesmo sem nós.
receipt-waiting = A prova está a ser escrita. Em geral fica pronta em poucos segundos: recarregue esta página ou volte mais tarde.
receipt-shown = O texto que lhe foi apresentado
receipt-steps = Como aconteceu
receipt-proof = Porque é que isto o prova
receipt-place = É a entrada { $n } de um diário público com { $of } entradas. Ninguém, nem mesmo nós, pode alterar uma entrada depois sem que isso se veja.
receipt-check = Quem tiver o ficheiro da prova pode verificar tudo isto sem nos perguntar.
receipt-check-go = Verificar um ficheiro de prova
number-lead = Isto é o que ficou registado com este número.
number-organisation = Organização
number-what = O que aconteceu
number-erased = Os dados da pessoa foram apagados. Só restam a data e o lugar no diário.
number-log = Diário público
number-place = Entrada { $n }, assinada
number-unsigned = Está a ser escrita. Recarregue esta página dentro de alguns segundos.
number-how = O comprovativo completo
number-how-text = Só a pessoa em causa vê o comprovativo completo. Está na página das suas escolhas, no histórico. O ficheiro de prova que o acompanha pode ser verificado por qualquer pessoa.
receipt-keep = Guarde este número se quiser provar a sua escolha mais tarde. Pode imprimir esta página.
undo = Anular
undo-until = Pode anular até { $until }.

# Subscrever
sign-up-title = Receber os e-mails de { $name }
sign-up-you-get = Vai receber:
sign-up-choose = O que quer receber?
sign-up-email-why = Serve apenas para lhe enviar o que pede aqui.
sign-up-optional = { $label } (facultativo)
sign-up-trap = Deixe este campo vazio
sign-up-notice = { $legal } utiliza o seu endereço para lhe enviar o que escolhe aqui, com o seu consentimento, até que o retire. Todos os e-mails têm uma ligação para deixar de os receber.
sign-up-notice-link = Como são utilizados os seus dados
sign-up-send = Subscrever
sign-up-next = Vamos enviar-lhe um e-mail para confirmar. Até o fazer, não enviamos mais nada.
sign-up-nothing-ticked = Escolha pelo menos um tipo de e-mail
sign-up-not-offered = Escolha entre as opções deste formulário
sign-up-field-missing = Preencha: { $label }
sign-up-field-too-long = Encurte para { $n } caracteres, no máximo: { $label }
sign-up-again = Envie o formulário outra vez, por favor
sign-up-text-changed = O texto deste formulário mudou depois de o ter aberto. Leia-o e volte a escolher. Nada foi guardado.
sign-up-too-soon = O formulário chegou mais depressa do que é habitual. Ainda nada foi guardado. Carregue mais uma vez em «Subscrever».
sign-up-stale = Este formulário esteve aberto demasiado tempo. Verifique-o e envie-o outra vez. Nada foi guardado.

# Consulte o seu e-mail
check-title = Consulte o seu e-mail
check-sent = Enviamos um e-mail para o endereço que indicou. Deve chegar dentro de um minuto.
check-do = Abra-o e carregue em «Sim, enviem-me estes e-mails», ou introduza aqui o código.
check-until = A ligação e o código funcionam até { $until }.
check-missing = O e-mail não chegou?
check-missing-wait = Espere alguns minutos: alguns serviços de e-mail retêm uma mensagem antes de a deixarem entrar.
check-missing-spam = Veja na pasta de spam (correio não solicitado). Procure { $sender }.
check-missing-typo = O endereço pode ter um erro de escrita: volte atrás e introduza-o de novo.
check-limit = Para proteger as pessoas de e-mails indesejados, enviamos no máximo um e-mail a cada 10 minutos e três por dia para o mesmo endereço. Se o endereço estiver bloqueado para novos pedidos, nada é enviado.
check-again = Enviar de novo
check-other = Utilizar outro endereço
check-resent = Se o limite deste endereço o permitir, vem a caminho um novo e-mail. Utilize o mais recente.

# Confirmar
confirm-title = Confirme o que quer receber
confirm-asked = O endereço { $address } foi inscrito em { $date }, provavelmente por si.
confirm-you-get = Se disser sim, vai receber:
confirm-choose = O que pediu
confirm-untick = Desmarque o que não quer.
confirm-nothing-ticked = Deixe pelo menos uma opção marcada, ou carregue em «Não, eliminem o meu pedido»
confirm-not-asked = Escolha entre as opções deste pedido
confirm-yes = Sim, enviem-me estes e-mails
confirm-no = Não, eliminem o meu pedido
confirm-why = Porquê mais um clique? Os programas de segurança abrem as ligações dos e-mails. O seu clique prova que a decisão foi sua.
confirm-until = Esta ligação funciona até { $until }. Se não fizer nada, o pedido é eliminado e não recebe nada.
confirmed-title = A sua subscrição está confirmada
confirmed-now = A sua escolha foi guardada.
confirmed-already = Já confirmou em { $when }. Não é preciso fazer mais nada.
confirmed-you-get = O que pediu:
confirmed-next-title = O que acontece a seguir
confirmed-next = Vai receber o próximo e-mail quando for enviado. Todos têm uma ligação para deixar de os receber. Pode mudar de ideias a qualquer momento.
confirmed-preferences = Ver e alterar as suas escolhas
deleted-title = O seu pedido foi eliminado
deleted-now = Não vai receber os e-mails deste pedido.
deleted-next = Nada mais mudou. Se recebe outros e-mails nossos, pode deixar de os receber com a ligação que está em cada um.
deleted-form = Voltar ao formulário

# Escolhas
preferences-title = As suas escolhas de e-mails
preferences-address = Endereço: { $address }
preferences-tally = Recebe { $n } de { $of }.
preferences-choose = E-mails que pode receber
preferences-language = Idioma dos e-mails
preferences-save = Guardar as minhas escolhas
preferences-stop = Cancelar todas as subscrições
preferences-effect = O que cancelar termina de imediato. Um e-mail que já vem a caminho ainda pode chegar.
preferences-pause = Fazer uma pausa
preferences-pause-what = Mantém as suas escolhas e não recebe nada durante:
preferences-pause-2w = 2 semanas
preferences-pause-1m = 1 mês
preferences-pause-3m = 3 meses
preferences-paused = Os seus e-mails estão em pausa até { $date }.
preferences-resume = Retomar agora
preferences-more = Ver e alterar mais
preferences-more-why = Esta página foi aberta com uma ligação que pode ter sido reencaminhada. Por isso, o seu endereço está em parte oculto, e o seu histórico também. Para os ver, ou para receber novos e-mails sem outra confirmação, enviamos um código para o seu endereço.
preferences-code = Enviem-me um código
preferences-code-again = Enviem-me um novo código
history-title = O seu histórico
history-none = Ainda não aconteceu nada.
history-when = Data
history-what = O que aconteceu
history-asked = Pediu: { $names }.
history-mailed = Enviámos-lhe o e-mail de confirmação.
history-bounced = Não foi possível entregar o e-mail de confirmação.
history-yes = Disse sim a: { $names }.
history-left = Deixou de receber: { $names }.
history-no = Disse não a: { $names }.
history-too-old = O seu consentimento terminou: { $names }.
history-again = Voltou a dizer o que já tinha dito.
history-lapsed = O seu pedido não foi confirmado a tempo e foi eliminado.
history-not-me = Indicou-nos que um pedido não era seu.
history-paused = Fez uma pausa.
history-resumed = A pausa terminou.
history-language = Alterou o idioma dos seus e-mails.
history-by-form = Com um formulário de subscrição.
history-by-link = Com a ligação que lhe enviámos.
history-by-code = Com o código que lhe enviámos.
history-by-preferences = Nesta página.
history-by-unsubscribe = Com a ligação de cancelamento de um e-mail.
history-by-one-click = Com o botão de cancelamento do seu programa de e-mail.
history-by-undo = Ao anular a alteração anterior.
history-by-not-me = Com a ligação «Não fui eu».
history-by-time = Automaticamente, no fim do prazo.
recipients-title = Quem recebe os seus dados
recipients-none = Ninguém, a não ser { $name } e o prestador desta página, que segue as instruções desta organização.
recipients-some = { $name }, o prestador desta página, que segue as instruções desta organização, e:
rights-title = Os seus direitos
rights-list = Pode ver os seus dados, corrigi-los, levá-los para outro lado, pedir o seu apagamento ou a limitação do seu tratamento, e opor-se à sua utilização.
rights-write = Escreva para
rights-deadline = Recebe uma resposta no prazo de um mês, sem custos.
saved-title = Guardado
saved-nothing = Nada foi alterado.
saved-left = Vai deixar de receber: { $name }.
saved-joined = Passa a receber: { $name }.
saved-asked = Falta a sua confirmação: { $name }.
saved-held = Ainda não começou, porque de momento não podemos enviar o e-mail de confirmação: { $name }.
saved-language = Vamos escrever-lhe neste idioma: { $name }.
saved-underway = Tem efeito a partir de agora. Um e-mail que já vem a caminho ainda pode chegar.
saved-confirm = Vem a caminho um e-mail de confirmação. Não recebe nada de novo até confirmar.
not-saved-title = Nada foi alterado
not-saved-offered = As opções disponíveis mudaram. Veja-as abaixo e guarde outra vez.
not-saved-break = Escolha uma das pausas abaixo.
frozen-title = O tratamento dos seus dados está limitado
frozen-what = Foi o que pediu. Não lhe é enviado nada e as suas escolhas ficam como estão. Pode sempre cancelar todas as subscrições. Para pôr fim à limitação, escreva para o endereço no fundo desta página.
stopped-title = Todas as suas subscrições estão canceladas
stopped-now = Não vai receber mais nada.
paused-title = Os seus e-mails estão em pausa
paused-now = Não recebe nada até { $date }. Depois recomeçam automaticamente.
resumed-title = A pausa terminou
resumed-now = Volta a receber o que está marcado abaixo.
undone-title = Alteração anulada
undone-now = As suas escolhas estão como antes.
undo-late-title = Já não é possível anular
undo-late-next = Uma alteração pode ser anulada durante 15 minutos. Ainda pode alterar as suas escolhas abaixo.
code-sent-title = Enviamos-lhe um código
code-sent-now = Deve chegar dentro de um minuto. Introduza-o em «Ver e alterar mais». Funciona durante 30 minutos.

# Pedir a minha ligação
ask-title = Receber a minha ligação
ask-what = Enviamos-lhe uma ligação para a página onde vê e altera o que recebe.
ask-hint = O endereço que recebe os nossos e-mails.
ask-send = Receber a minha ligação
ask-whose = De quem recebe e-mails?
ask-nobody = Ainda ninguém envia e-mails com este serviço.
ask-sent-title = Consulte o seu e-mail
ask-sent-what = Se conhecermos este endereço, a ligação deve chegar dentro de um minuto.
ask-sent-unknown = Para proteger a privacidade de todos, esta página não diz se um endereço é conhecido.

# Cancelar a subscrição
unsubscribe-title = Cancelar a subscrição de «{ $name }»?
unsubscribe-title-all = Deixar de receber todos os e-mails de { $name }?
unsubscribe-already = Já cancelou em { $date }. Não é preciso fazer mais nada.
unsubscribe-now = Cancelar a subscrição
unsubscribe-effect = Tem efeito imediato. Um e-mail que já vem a caminho ainda pode chegar.
unsubscribe-other = Ou então
unsubscribe-pause = Fazer uma pausa
unsubscribe-choose = Escolher o que recebe
unsubscribed-title = Cancelou a subscrição de «{ $name }»
unsubscribed-title-all = Cancelou todos os e-mails de { $name }
unsubscribed-now = Tem efeito a partir de agora. Não vai receber nenhum e-mail sobre isto.
unsubscribed-mistake = Foi engano?
unsubscribed-still = O que ainda recebe
unsubscribed-still-none = Nada de { $name }.
reason-title = Uma pergunta, se quiser responder
reason-label = Porque cancelou a subscrição?
reason-none = Prefiro não dizer
reason-too-many = Demasiados e-mails
reason-not-relevant = Os assuntos não me interessam
reason-never-asked = Nunca os pedi
reason-other-address = Agora utilizo outro endereço
reason-other = Outro motivo
reason-send = Enviar a minha resposta
reason-thanks = Agradecemos. A sua resposta foi guardada.

# Não fui eu
not-me-title = O pedido não foi seu?
not-me-what = Alguém introduziu { $address } num formulário de subscrição. Se o pedido não foi seu, basta um botão:
not-me-request = o pedido é eliminado;
not-me-block = os novos pedidos para este endereço são ignorados, e por isso não são enviados mais e-mails deste tipo;
not-me-keep = o que já recebe não muda.
not-me-send = Bloquear este endereço
not-me-nothing = Se não fizer nada, o pedido é eliminado automaticamente ao fim de alguns dias e não recebe nada.
not-me-done-title = Este endereço está bloqueado
not-me-done = O pedido para { $address } foi eliminado. Os formulários de subscrição já não nos podem levar a escrever para este endereço.
not-me-later = Se um dia quiser subscrever, escreva para o endereço no fundo desta página.

# Política de privacidade
notice-title = Política de privacidade: { $name }
notice-version = Versão { $version }, em vigor desde { $date }
notice-who = Quem é o responsável
notice-what-for = Para que serve o seu endereço
notice-basis = Porque é permitido
notice-basis-text = Porque dá o seu consentimento, em separado para cada tipo de e-mail (RGPD, artigo 6.º, n.º 1, alínea a)). Pode dizer não livremente: nada mais depende disso.
notice-stop = Como deixar de receber
notice-stop-text = Utilize a ligação no fundo de qualquer e-mail, ou peça uma ligação aqui. Tem efeito imediato. O que foi enviado antes continua a ser lícito.
notice-data = O que é conservado
notice-data-text = O seu endereço, o seu idioma e o que introduz no formulário. Como prova de cada escolha: a data e a hora, o texto que lhe foi apresentado, a página, o nome do seu navegador e uma parte do seu endereço de rede.
notice-long = Durante quanto tempo
notice-long-request = { $n ->
    [one] Um pedido que não é confirmado: eliminado ao fim de { $n } dia.
   *[other] Um pedido que não é confirmado: eliminado ao fim de { $n } dias.
  }
notice-long-consent = O seu endereço: enquanto receber alguma coisa, ou até pedir que o apaguemos.
notice-long-lapse = { $n ->
    [one] Um sim a «{ $name }» que não é utilizado durante { $n } dia deixa de contar.
   *[other] Um sim a «{ $name }» que não é utilizado durante { $n } dias deixa de contar.
 }
notice-where = Onde
notice-where-eu = Os seus dados são conservados na União Europeia.
notice-where-country = Os seus dados são conservados neste país: { $country }.
notice-long-proof = A prova das suas escolhas: enquanto estas forem válidas e, depois, enquanto a lei permitir contestá-las.
notice-complain = Se quiser reclamar

# A porta de entrada
root-title = O seu consentimento para receber e-mails
root-link = Cada e-mail enviado com este serviço tem uma ligação para a página das suas escolhas. Se não tem nenhuma à mão, peça-a.
root-docs = Documentação

# Como funciona esta página
how-title = Como funciona esta página
how-lead = Este serviço guarda uma só coisa: o seu consentimento para receber e-mails. Quem lhe pode escrever, sobre o quê e desde quando.
how-open = Abrir uma ligação não muda nada
how-open-text = Os programas de segurança abrem as ligações dos seus e-mails antes de si. Por isso, uma ligação só mostra uma página. Só muda alguma coisa quando carrega num botão dessa página.
how-twice = Porque perguntamos duas vezes
how-twice-text = Qualquer pessoa pode escrever o seu endereço num formulário. Por isso, uma subscrição só conta depois de confirmada a partir da sua própria caixa de correio. Um pedido que ninguém confirma é eliminado.
how-leave = Cancelar é tão fácil como subscrever
how-leave-text = Um só botão. Sem palavra-passe e sem perguntas antes. A ligação funciona em qualquer e-mail, por mais antigo que seja, e tem efeito imediato.
how-masked = Porque está oculto o seu endereço
how-masked-text = Os e-mails são por vezes reencaminhados. Quem abre uma ligação de uma newsletter pode cancelar e-mails, mas não vê o seu endereço completo nem o seu histórico, e não pode subscrever nada em seu nome. Para isso, enviamos um código para a sua caixa de correio.
how-proof = O que é guardado como prova
how-proof-text = De cada vez que diz sim ou não: a data, o texto exato que lhe foi apresentado e a forma como respondeu. Recebe um número de comprovativo.
how-watch = O que não acontece aqui
how-watch-text = Nem rastreio nem publicidade. Nada nestas páginas vem de outra empresa. Funcionam em qualquer navegador, sem JavaScript.
how-ask = Se não tem uma ligação
how-ask-text = Peça uma: enviamo-la para o seu endereço. Para qualquer outro assunto, escreva à organização que lhe envia os e-mails.

# Quando alguma coisa não aconteceu
message-link-title = Esta ligação já não funciona
message-expired = Funcionou até { $date }. As ligações deixam de funcionar ao fim de algum tempo para proteger os seus dados.
message-replaced = Entretanto enviámos uma ligação mais recente. Utilize a do último e-mail.
message-revoked = Cancelou e-mails em { $date }. As ligações enviadas antes dessa data já não ativam nenhum. Se afinal quer estes e-mails, peça uma nova ligação.
message-confirmed = O pedido foi confirmado em { $date } com o e-mail que enviámos para este endereço. Pode cancelar os e-mails na página das suas escolhas.
message-frozen-title = De momento, nada pode ser alterado aqui
message-frozen = O tratamento dos seus dados está limitado a seu pedido, ou foi preciso parar os e-mails para o seu endereço. Nada foi alterado.
message-unreadable-title = Não conseguimos ler esta ligação
message-unreadable = Se a copiou de um e-mail, verifique se a copiou toda. Também pode pedir uma nova.
message-not-found-title = Página não encontrada
message-not-found = Se escreveu o endereço, verifique-o. Se procura as suas escolhas de e-mails, peça a sua ligação.
message-too-fast-title = Espere um pouco, por favor
message-too-fast = { $n ->
    [one] Houve demasiados pedidos em pouco tempo. Nada foi alterado. Tente de novo dentro de { $n } minuto.
   *[other] Houve demasiados pedidos em pouco tempo. Nada foi alterado. Tente de novo dentro de { $n } minutos.
  }
message-closed-title = Este formulário está fechado
message-closed = Já não aceita subscrições. O seu endereço não foi guardado.
message-origin-title = Este formulário não pode ser utilizado a partir desse site
message-origin = O formulário foi enviado a partir de um site que não tem autorização para o utilizar. Nada foi guardado. Pode subscrever na nossa própria página.
message-bad-request-title = Não conseguimos ler este formulário
message-bad-request = Não foi enviado da forma como esta página o envia. Nada foi alterado. Abra de novo a página e tente outra vez.
message-too-large-title = Este formulário é demasiado longo
message-too-large = Contém mais texto do que aceitamos. Nada foi alterado. Encurte-o e envie-o outra vez.
message-not-proven-title = O seu comprovativo está quase pronto
message-not-saved-title = A sua escolha não foi guardada
message-not-saved = A falha é nossa. Nada foi alterado. Tente de novo dentro de alguns minutos.
message-new-link = Enviem-me uma nova ligação
message-same-address = Vai para o mesmo endereço que a anterior. Não precisa de o escrever.
message-again = Tentar de novo
message-help = Se continuar a não funcionar, escreva para

## Declared fields
field-choose = Escolha
field-years = de { $from } a { $to }
field-years-from = { $from } ou depois
field-years-to = { $to } ou antes
sign-up-field-unreadable = Escreva numa só linha, sem caracteres ocultos: { $label }
sign-up-field-not-offered = Escolha entre as opções: { $label }
sign-up-field-repeated = Preencha uma só vez: { $label }
preferences-told = O que nos disse

## Privacy notice
notice-dpo = Encarregado da proteção de dados: { $dpo }
notice-transfer = Fica fora do Espaço Económico Europeu. O que protege aí os seus dados: { $safeguard }
notice-transfer-adequate = Fica fora do Espaço Económico Europeu. A Comissão Europeia decidiu que os dados pessoais estão aí bem protegidos (decisão de adequação; RGPD, artigo 45.º).
notice-required = Não tem de dar nenhum dado: nenhuma lei e nenhum contrato o exige. Sem o seu endereço, não podemos enviar-lhe e-mails. Um campo facultativo pode ficar vazio.
notice-automated = Nenhuma decisão sobre si é tomada apenas por um programa.
notice-complain-named = Pode apresentar uma reclamação à autoridade de proteção de dados:
notice-complain-other = Também pode dirigir-se à autoridade do país onde vive ou trabalha.
notice-complain-any = Pode apresentar uma reclamação à autoridade de proteção de dados do país onde vive ou trabalha. As da União Europeia estão indicadas em edpb.europa.eu.
## Age and guardian
age-legend = Que idade tem?
age-why = Antes dos { $age } anos, a lei pede também o consentimento do pai, da mãe ou do tutor. Guardamos apenas qual das duas respostas escolhe.
age-why-refuse = Antes dos { $age } anos, ninguém pode subscrever aqui por conta própria. Guardamos apenas qual das duas respostas escolhe.
age-at-least = Tenho { $age } anos ou mais
age-younger = Tenho menos de { $age } anos
age-missing = Indique se tem { $age } anos ou mais
guardian-label = Endereço de e-mail do pai, da mãe ou do tutor (só se tiver menos de { $age } anos)
guardian-why = Perguntamos por e-mail a essa pessoa se está de acordo. Não enviamos mais nada até que ambos tenham dito sim. Deixe vazio se tiver { $age } anos ou mais.
guardian-missing = Introduza o endereço de e-mail do pai, da mãe ou do tutor, porque tem menos de { $age } anos
guardian-same = Introduza o endereço do pai, da mãe ou do tutor, não o seu
guardian-wrong = Verifique o endereço do pai, da mãe ou do tutor. { $problem }
young-title = Ainda não pode subscrever aqui por conta própria
young-nothing = Nada do que introduziu foi guardado.
young-why = Estes e-mails são para pessoas com { $age } anos ou mais. É a idade a partir da qual a lei permite dar o consentimento por conta própria.
young-next = Não fez nada de mal. Se tiver uma pergunta, peça a um adulto que nos escreva.
waiting-title = O seu sim foi guardado
waiting-now = Agora falta o sim do pai, da mãe ou do tutor. Perguntámos por e-mail a essa pessoa.
waiting-until = A resposta pode ser dada até { $until }. Sem resposta, o pedido é eliminado e não recebe nada.
waiting-next = Não tem de fazer mais nada. Até haver resposta, não lhe enviamos mais nada.
waiting-change = Se mudou de ideias, ainda pode eliminar o seu pedido.
guardian-title = Está de acordo com estes e-mails?
guardian-asked = Em { $date }, uma pessoa com menos de { $age } anos pediu para receber e-mails em { $address }. Como endereço de um titular das responsabilidades parentais, indicou aquele para onde lhe escrevemos.
guardian-get = Se ambos disserem sim, o menor vai receber:
guardian-yes = Sim, estou de acordo
guardian-no = Não, eliminem o pedido
guardian-both = São precisos dois consentimentos: o do menor e o seu. Antes disso, nada é enviado. É possível parar os e-mails a qualquer momento.
guardian-until = Esta ligação funciona até { $until }. Se não fizer nada, o pedido é eliminado e nenhum e-mail é enviado.
guardian-not-me = Não sou titular das responsabilidades parentais deste menor
guardian-agreed-title = O seu sim foi guardado
guardian-agreed-waits = O menor ainda tem de dizer sim, no e-mail que enviámos para { $address }. Até lá, nada é enviado.
guardian-agreed-done = O menor também disse sim. Os e-mails podem começar.
guardian-agreed-stop = Todos os e-mails têm uma ligação para deixar de os receber. Também nos pode escrever a qualquer momento, para o endereço abaixo.
guardian-agreed-kept = Já não conservamos o seu endereço. Como prova da sua resposta, conservamos a data e um código calculado a partir do seu endereço.
guardian-over-title = Este pedido está encerrado
guardian-over = Foi eliminado. Não dá origem a nenhum e-mail, e já não conservamos o seu endereço.
guardian-refused-title = O pedido foi eliminado
guardian-refused = Disse não. Já não conservamos o seu endereço, e o menor não recebe nenhum dos e-mails pedidos.
guardian-block-what = Alguém indicou o seu endereço como o de um titular das responsabilidades parentais. Se não é verdade, basta um botão:
guardian-block-keep = os e-mails que recebe não mudam.
standing-waiting-guardian = Faltam duas respostas: a sua e a do pai, da mãe ou do tutor. Enviámos um e-mail a cada pessoa.
saved-guardian = Não alterado: { $name }. É preciso o consentimento do pai, da mãe ou do tutor: peça-o com o formulário de subscrição.
history-agreed-child = Disse sim. Ainda faltava o sim do pai, da mãe ou do tutor.
history-agreed-guardian = O pai, a mãe ou o tutor disse sim. Ainda faltava o seu sim.
history-guardian-asked = Perguntámos por e-mail ao pai, à mãe ou ao tutor.
history-guardian-unreached = Não foi possível entregar o e-mail ao pai, à mãe ou ao tutor.
history-by-guardian = Com a resposta do pai, da mãe ou do tutor.
## proof of work and budgets
prove-title = Mais um passo
prove-why = O seu endereço ainda não foi guardado. Este formulário está a receber muitíssimas subscrições, e a maioria não vem de pessoas.
prove-next = Carregue no botão para continuar. O seu navegador pode fazer cálculos por um momento: é assim que distinguimos uma pessoa de um programa.
prove-send = Continuar
prove-counting = O seu navegador está a calcular. Demora alguns segundos.
email-disposable = Utilize um endereço que vá manter: este é de um serviço de endereços descartáveis
check-meant = Queria indicar um endereço de { $domain }?
check-meant-next = O endereço que introduziu termina de forma um pouco diferente. Se estiver certo, está tudo bem. Se não, volte a subscrever com o endereço certo.
## Looks
misdirected = Este nome traz até aqui, mas não há nenhuma página configurada para ele. Se é seu: escreva-o em «hosts» da sua organização e aplique o ficheiro, ou faça dele o endereço de base. Um proxy colocado à frente tem de passar o cabeçalho Host tal como chegou.
## The browser that signed up
check-same-browser = Se abrir a ligação do e-mail neste navegador, não é preciso carregar em nenhum botão: abri-la quer dizer sim.
history-by-same-browser = Ao abrir a ligação que lhe enviámos no navegador em que fez a subscrição.
how-cookie = O único cookie
how-cookie-text = Quando subscreve, o seu navegador guarda um cookie para este site, até que responda ou até ao fim do prazo do pedido. Se a ligação do e-mail for aberta nesse mesmo navegador, a página sabe que o pedido é seu e não é preciso carregar no botão. Nenhum outro navegador tem este cookie, e nenhum programa de segurança o tem. Não serve para mais nada, e não há outro cookie.
## Embedded forms
embed-down = Não foi possível enviar o formulário. O que introduziu continua aqui. Volte a carregar no botão daqui a um momento.
embed-own-page = Subscrever antes na nossa própria página
embed-change = Todos os e-mails têm uma ligação para alterar as suas escolhas ou deixar de os receber.

## Snippets
snippet-title = Pôr este formulário no seu site
snippet-lead = Quatro formas, um só formulário. O texto que as pessoas aceitam continua a ser o que publicou aqui.
snippet-element = Elemento
snippet-element-why = Cole isto no lugar onde o formulário deve ficar. Toma o aspeto da sua página. Sem script, vê-se a ligação.
snippet-pinned = Para carregar exatamente estes bytes e nenhuns outros, utilize esta linha para o script. Não recebe as nossas correções.
snippet-plain = Só HTML
snippet-plain-why = Sem qualquer script. Traz a versão do seu texto: cole-o de novo quando alterar o formulário ou um texto.
snippet-frame = Moldura
snippet-frame-why = Para criadores de sites que não aceitam scripts. O script abaixo só ajusta a altura; sem ele, a moldura tem barra de deslocamento.
snippet-link = Ligação e código QR
snippet-link-why = Para publicações, mensagens e papel.
snippet-qr = Código QR deste endereço
snippet-copy = Copiar
snippet-copied = Copiado
snippet-preview = Pré-visualização
snippet-preview-why = Este é o formulário verdadeiro. O que enviar aqui é uma subscrição verdadeira.
snippet-auto = Como a página
snippet-light = Claro
snippet-dark = Escuro
snippet-bare = Sem o nosso estilo
snippet-phone = Largura de um telemóvel
snippet-wide = Toda a largura

## The reference of the API
docs-api = Referência da API
docs-api-lead = Cada pedido que uma ferramenta pode fazer, o que recebe e o que responde.
docs-api-english = A referência está em inglês, como a própria API.

## Acts of the organisation
history-restricted = Os seus dados foram congelados a seu pedido.
history-unrestricted = O congelamento dos seus dados terminou.
history-suppressed = O seu endereço foi marcado para não receber mais e-mails.
history-unsuppressed = A marca que impedia escrever para o seu endereço foi retirada.
history-cancelled = O pedido foi retirado antes de o confirmar.
history-by-api = Como foi comunicado à organização.

## Events

docs-events = Eventos
docs-events-lead = O que acontece aqui, e o que o feed e os webhooks dizem disso.

## Recipients

recipients-past = { $name } recebeu o seu endereço até { $date }.

# E-mails.

# Todos os e-mails
mail-raw-url = Se o botão não funcionar, copie este endereço para o seu navegador:
mail-asked = Pedido feito em { $place }, { $when }.
mail-sent-by = { $host } enviou este e-mail em nome de { $brand }.
mail-contact = Contacto: { $contact }
mail-notice = Política de privacidade

# Confirmar
mail-confirm-subject = Confirme a sua subscrição de { $brand }
mail-confirm-title = Quer receber estes e-mails?
mail-confirm-who = { $brand } recebeu um pedido para enviar e-mails para { $address }. Nada mais é enviado até que diga sim.
mail-confirm-what = Se disser sim, vai receber:
mail-confirm-yes = Sim, enviem-me estes e-mails
mail-confirm-code = Ou introduza este código na página de subscrição:
mail-confirm-expires = A ligação e o código funcionam até { $when }.
mail-confirm-leave = Se disser sim, pode sempre cancelar a subscrição, a qualquer momento e com um só clique.
mail-confirm-ignore = Se o pedido não foi seu, não faça nada: não será enviado mais nada e o pedido será eliminado.
mail-confirm-not-me = Não fui eu
mail-confirm-not-me-means = (para bloquear novos pedidos para este endereço)

# Subscrição já ativa
mail-already-subject = A sua subscrição de { $brand } já está ativa
mail-already-title = A sua subscrição já está ativa
mail-already-who = { $brand } recebeu um novo pedido para enviar e-mails para { $address }. Já os recebe, por isso nada muda.
mail-already-what = O que recebe:
mail-already-since = desde { $date }
mail-already-link = Ver ou alterar as minhas escolhas
mail-already-ignore = Se o pedido não foi seu, não faça nada.

# A sua ligação
mail-link-subject = A ligação para as suas escolhas em { $brand }
mail-link-title = Aqui está a sua ligação
mail-link-who = Pediu uma ligação para as suas escolhas em { $brand }, para { $address }.
mail-link-opens = Abre a página onde vê o que recebe e desde quando. Aí pode alterar as suas escolhas, cancelar a subscrição e exercer os direitos sobre os seus dados.
mail-link-button = Abrir as minhas escolhas
mail-link-expires =
    { $minutes ->
        [one] A ligação funciona durante { $minutes } minuto, até { $when }.
       *[other] A ligação funciona durante { $minutes } minutos, até { $when }.
    }
mail-link-keep = Não reencaminhe este e-mail: quem o tiver pode utilizar a ligação.
mail-link-ignore = Se não a pediu, não faça nada: sem este e-mail, ninguém pode utilizar a ligação.

# O seu código
mail-code-subject = O seu código para { $brand }
mail-code-title = O seu código
mail-code-allows-preferences = Introduza-o na página que tem aberta para ver e alterar as suas escolhas em { $brand } (endereço { $address }).
mail-code-allows-export = Introduza-o na página que tem aberta para transferir os dados que { $brand } conserva sobre { $address }.
mail-code-allows-erasure = Introduza-o na página que tem aberta para apagar os dados que { $brand } conserva sobre { $address }. Não é possível voltar atrás.
mail-code-expires =
    { $minutes ->
        [one] O código funciona durante { $minutes } minuto, até { $when }.
       *[other] O código funciona durante { $minutes } minutos, até { $when }.
    }
mail-code-ignore = Se não o pediu, não faça nada e não o dê a ninguém. { $brand } nunca pede este código por telefone nem por e-mail.

# Comprovativo
mail-receipt-subject = O seu comprovativo { $number } de { $brand }
mail-receipt-title = O seu comprovativo
mail-receipt-agreed = Em { $when }, aceitou receber e-mails de { $brand } no endereço { $address }:
mail-receipt-stopped = Em { $when }, cancelou e-mails de { $brand } para { $address }:
mail-receipt-refused = Em { $when }, disse não a e-mails de { $brand } para { $address }:
mail-receipt-change = { $name }: { $state }
mail-receipt-yes = sim
mail-receipt-stop = cancelado
mail-receipt-no = não
mail-receipt-number = Número do comprovativo: { $number }
mail-receipt-files = Em anexo: { $paper } (para ler) e { $proof } (a prova)
mail-receipt-keep = Guarde este e-mail: prova o que escolheu e quando.
mail-receipt-check = Para verificar a prova, escolha o ficheiro { $proof } nesta página. É verificado no seu navegador e não é enviado para lado nenhum:
mail-receipt-ask = Se mudar de ideias, ou se a escolha não foi sua, peça aqui uma ligação para as suas escolhas:

## Guardian
mail-guardian-subject = Uma subscrição de { $brand } espera a sua resposta
mail-guardian-title = Está de acordo com estes e-mails?
mail-guardian-who = Uma pessoa com menos de { $age } anos pediu a { $brand } que enviasse e-mails para { $address }. Como endereço de um titular das responsabilidades parentais, indicou aquele que recebe este e-mail.
mail-guardian-both = Nessa idade, são precisos dois consentimentos: o do menor e o de um titular das responsabilidades parentais. Nada mais é enviado até que ambos tenham dito sim.
mail-guardian-what = Se ambos disserem sim, o menor vai receber:
mail-guardian-yes = Sim, estou de acordo com estes e-mails
mail-guardian-expires = A ligação funciona até { $when }. Nessa página também pode dizer não.
mail-guardian-leave = Se disser sim, é sempre possível parar os e-mails, a qualquer momento e com um só clique.
mail-guardian-ignore = Se não estiver de acordo, ou se não souber de quem se trata, também pode não fazer nada: nenhum e-mail será enviado e o pedido será eliminado.
mail-guardian-kept = O seu endereço serve apenas para esta pergunta. É apagado assim que a pergunta ficar resolvida.
mail-guardian-not-me-means = (para bloquear novos pedidos para o seu endereço)
## alert
mail-alert-subject-began = O formulário { $form } pode estar sob ataque
mail-alert-subject-ended = O formulário { $form } voltou à calma
mail-alert-began = Desde { $when }, o formulário { $form } recebe muito mais subscrições do que é habitual, ou quase nenhuma é confirmada. Talvez esteja a ser utilizado para enviar e-mails indesejados a outras pessoas.
mail-alert-began-now = O formulário pede agora aos navegadores um breve cálculo antes de aceitar uma subscrição. Quem o visita vê, no máximo, mais um botão. Aconteça o que acontecer, ninguém recebe mais do que alguns e-mails de confirmação.
mail-alert-began-do = Não tem de fazer nada. O formulário volta ao normal automaticamente, e nessa altura escrevemos-lhe.
mail-alert-ended = O formulário { $form } está calmo há meia hora. Aceita subscrições como antes.
mail-alert-ended-do = Não tem de fazer nada.

## Webhook endpoints

mail-endpoint-subject-failing = O seu endpoint de webhooks em { $host } está a falhar
mail-endpoint-subject-disabled = O seu endpoint de webhooks em { $host } está desativado
mail-endpoint-failing = Desde { $when }, o seu endpoint de webhooks em { $host } não aceitou nenhuma das nossas mensagens. Cada mensagem é tentada de novo, durante três dias no máximo.
mail-endpoint-failing-do = Peça que o verifiquem. Se em { $when } continuar sem aceitar nada, vamos desativá-lo e escrever-lhe.
mail-endpoint-gone = O seu endpoint de webhooks em { $host } respondeu que já não existe (410). Desativámo-lo.
mail-endpoint-failed = O seu endpoint de webhooks em { $host } está desativado: todas as entregas falharam durante 5 dias.
mail-endpoint-disabled-do = Já não recebe nada. Quando voltar a funcionar, ative-o com { $enable } e peça com { $replay } que lhe seja reenviado o que perdeu.
mail-endpoint-id = O seu identificador é { $id }.

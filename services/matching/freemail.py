"""Providers that give a mailbox to anybody: their domains are no evidence about a company (own list)."""

from services.matching.text import vocabulary

FREEMAIL_DOMAINS = vocabulary(
    """
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it hotmail.com hotmail.de hotmail.fr
    hotmail.it hotmail.es hotmail.co.uk live.com live.de live.fr live.nl live.co.uk live.at msn.com passport.com
    yahoo.com yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.com.br yahoo.com.au
    ymail.com rocketmail.com myyahoo.com aol.com aol.de aim.com icloud.com me.com mac.com
    gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.eu gmx.info gmx.org gmx.biz web.de email.de mail.de freenet.de t-online.de
    arcor.de arcormail.de online.de onlinehome.de posteo.de posteo.net posteo.at mailbox.org freemail.de freenetmail.de
    1und1.de vodafone.de vodafonemail.de o2online.de o2mail.de alice.de alice-dsl.net alice-dsl.de kabelmail.de
    kabelbw.de unitybox.de unity-mail.de netcologne.de ewetel.net ewe.net htp-tel.de versanet.de osnanet.de tele2.de
    t-mobile.de magenta.de compuserve.de compuserve.com lycos.de tiscali.de nexgo.de emailn.de genion.de ok.de
    surfeu.de directbox.com firemail.de smart-mail.de hushmail.com tutanota.com tutanota.de tutamail.com tuta.io
    tuta.com proton.me protonmail.com protonmail.ch pm.me mail.com email.com usa.com post.com europe.com
    aon.at chello.at a1.net utanet.at inode.at kabsi.at drei.at tele2.at live.at bluewin.ch sunrise.ch hispeed.ch
    swissonline.ch gmx.li bluemail.ch vtxmail.ch
    orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr numericable.fr voila.fr club-internet.fr
    libero.it virgilio.it tin.it alice.it tiscali.it tim.it inwind.it iol.it fastwebnet.it
    terra.es telefonica.net ono.com sapo.pt clix.pt
    ziggo.nl kpnmail.nl planet.nl home.nl hetnet.nl xs4all.nl casema.nl upcmail.nl telenet.be skynet.be proximus.be
    scarlet.be telia.com bredband.net comhem.se spray.se online.no jubii.dk tdcadsl.dk mail.dk stofanet.dk
    wp.pl o2.pl onet.pl op.pl interia.pl gazeta.pl poczta.fm seznam.cz centrum.cz email.cz post.cz volny.cz atlas.cz
    azet.sk zoznam.sk centrum.sk freemail.hu citromail.hu t-online.hu abv.bg mail.bg
    mail.ru bk.ru inbox.ru list.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua
    btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk tiscali.co.uk btopenworld.com
    comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com optonline.net
    roadrunner.com rr.com shaw.ca rogers.com sympatico.ca telus.net bigpond.com bigpond.net.au optusnet.com.au
    iinet.net.au xtra.co.nz uol.com.br bol.com.br terra.com.br ig.com.br qq.com 163.com 126.com sina.com sohu.com
    naver.com hanmail.net daum.net rediffmail.com zoho.com zohomail.com zohomail.eu fastmail.com fastmail.fm
    inbox.com inbox.lv inbox.lt one.lt mail.ee hot.ee gmx.fr gmx.co.uk caramail.com byom.de trash-mail.com
    mailinator.com guerrillamail.com yopmail.com wegwerfmail.de spambog.com privaterelay.appleid.com duck.com
    """
)


def is_freemail(domain: str) -> bool:
    """Whether the registered domain belongs to a provider of mailboxes for everybody."""
    return domain in FREEMAIL_DOMAINS

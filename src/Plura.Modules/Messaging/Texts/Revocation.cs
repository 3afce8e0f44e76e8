using System.Text.RegularExpressions;

namespace Plura.Messaging;

/// <summary>
/// Recognises that somebody wants no more texts although they used words of their own (47 CFR 64.1200(a)(10): any reasonable means). It rather ends
/// too much than too little: a person of the account looks at each, and the sender may always text START.
/// </summary>
public static partial class Revocation
{
    /// <summary>Who wants no more says so at the beginning; a book that somebody pastes is not read to its end.</summary>
    private const int Read = 600;

    /// <summary>The language in which it is said; null where nothing says so.</summary>
    /// <param name="plain">In upper case, words with one blank between, as <see cref="Keywords"/> writes it.</param>
    public static string? Language(string plain)
    {
        var said = plain.Length > Read ? plain[..Read] : plain;
        return French().IsMatch(said) ? "fr" : Spanish().IsMatch(said) ? "es" : English().IsMatch(said) ? "en" : null;
    }

    [GeneratedRegex("""
        # A few words, and one of them is STOP; but nobody is asked to go on, or says where a bus stops.
        ^(?!.*\b(DONT|NOT|NEVER|CANT|CANNOT|COULDNT|WONT|WOULDNT|DIDNT|NON|TO)\ STOP\b)(?!.*\b(BUS|PIT|FULL)\ STOP\b)(?!.*\bSTOP\ (BY|IN|AT|OVER|FOR)\b)(\w+\ ){0,2}(STOP|UNSUBSCRIBE|OPTOUT|REVOKE)(\ \w+){0,2}$
        # It begins with STOP, or ends with it.
        |^((PLEASE|PLS|PLZ|JUST|OK|HI|HELLO|HEY|NO|GUYS)\ )*S+T+O+P+\b(?!\ (BY|IN|AT|OVER|FOR|SIGN|LIGHT|WATCH|OFF|AROUND|OUTSIDE|NEAR|ALONG|IS|WAS|NUMBER|TIME|TIMES)\b)
        |(?<!\b(DONT|NOT|NEVER|CANT|CANNOT|COULDNT|WONT|WOULDNT|DIDNT|NON|BUS|PIT|FULL|NEXT|LAST|FIRST|SECOND|TRAIN|TRAM|METRO|SUBWAY|A|THE|EACH|EVERY|ONE|QUICK|SHORT|REST|FINAL|OUR|YOUR|MY)\ )\bSTOP(\ (PLEASE|PLS|PLZ|NOW|IT|THIS|THAT|THANKS|THANK\ YOU))*$
        |\b(TOLD|ASKED|TELLING|ASKING|WANT|WANTED|BEGGING)\ (YOU|U|THIS|IT|THESE|THEM)\ (GUYS\ |PEOPLE\ )?TO\ (STOP|QUIT)\b|\bHOW\ (DO|CAN|TO)\ (I\ |WE\ )?(STOP|GET\ OFF|UNSUBSCRIBE|OPT\ OUT)\b(?!\ (BY|IN|AT|OVER|FOR)\b)
        |\bCEASE\ AND\ DESIST\b|\bUNSUBSCRIB|\bUNSUB\b|\bUNSUSCRIB|\bREMOVE\ ME\b|\bTAKE\ ME\ OFF\b|\bDO\ NOT\ CALL\ LIST\b
        |\b(DO\ NOT|DONT)\ (WISH|WANT|CARE|LIKE)\ TO\ (RECEIVE|GET|HEAR|BE\ (TEXTED|CONTACTED|MESSAGED))\b(?!\ (LATE|SICK|WET|COLD))
        |\b(DO\ NOT|DONT)\ SEND\ (ME\ |US\ )?(THESE|THOSE|THIS|ANYTHING|ANY|MORE|SUCH|YOUR|TEXTS|MESSAGES|SMS)\b
        |^(PLEASE\ |PLS\ )?NO\ MORE(\ (PLEASE|PLS|THANKS|THANK\ YOU|OF\ (THIS|THESE|THAT)))*$|\bNO\ LONGER\ INTERESTED\b
        |^((PLEASE|PLS|PLZ|JUST|OK|HI|HELLO|HEY)\ )*(STOP|QUIT|REMOVE)(\ (PLEASE|PLS|PLZ|NOW|IT|THIS|THAT|ALREADY|THANKS|THANK\ YOU|TODAY|EVERYTHING|ME))*$
        |\b(STOP|QUIT|CEASE)\ (ALL\ )?(THESE\ |THE\ |YOUR\ |MY\ |ANY\ )?(TEXTING|MESSAGING|WRITING|SENDING|CONTACTING|SPAMMING|HARASSING|BOTHERING|CALLING|TEXTS|MESSAGES|SMS|SPAM|PROMOTIONS|PROMOS|ADS)\b
        |\b(DO\ NOT|DONT|NEVER)\ (EVER\ )?(TEXT|MESSAGE|CONTACT|WRITE|SEND|SMS)(\ TO)?\ (ME|US|THIS|MESSAGES|TEXTS|ANYTHING|ANY|ANYMORE|AGAIN)\b|\b(DO\ NOT|DONT|NEVER)\ (TEXT|MESSAGE|CONTACT)$
        |\b(REMOVE|TAKE|DELETE|OPT)\ (ME|MY\ NUMBER|MY\ PHONE|THIS\ NUMBER|US)\ ?(OFF|OUT|FROM)?\b.*\b(LIST|OUT|OFF|NUMBER|TEXTS|MESSAGES|DATABASE|SYSTEM)\b
        |\b(REMOVE|DELETE)\ (ME|MY\ NUMBER|THIS\ NUMBER)$|\bNOT\ INTERESTED\ (PLEASE\ )?(REMOVE|STOP|DELETE)\b|^((NO|NO\ THANKS|SORRY)\ )?NOT\ INTERESTED(\ ANYMORE)?$
        |\bOPT\ (ME\ )?OUT\b|\bOPTING\ OUT\b|\bUNSUBSCRIBE\b
        |\bNO\ MORE\ (TEXTS|TEXT|MESSAGES|SMS|TEXTING)\b|\bNO\ LONGER\ (WANT|WISH)\b.*\b(TEXTS|MESSAGES|SMS|RECEIVE|GET|THESE|THEM|CONTACTED)\b
        |\b(DONT|DO\ NOT)\ WANT\ (TO\ (GET|RECEIVE)\ |ANY\ )?(MORE\ |ANYMORE\ |THESE\ |YOUR\ |ANY\ MORE\ )*(TEXTS|MESSAGES|SMS)\b
        |\bLEAVE\ ME\ ALONE\b|\bLOSE\ MY\ NUMBER\b|(?<!\b(THE|A|ANY)\ )\bWRONG\ NUMBER\b(?!\ (OF|FOR)\b)|\bREVOKE\b.*\bCONSENT\b|\bWITHDRAW\b.*\bCONSENT\b
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex English();

    [GeneratedRegex("""
        \bNO\ (QUIERO\ QUE\ )?(ME|NOS)\ (ESCRIBA|MANDE|ENVIE|CONTACTE|MOLESTE|TEXTEE|LLAME)[NS]?\b
        |\bNO\ (ESCRIBA|MANDE|ENVIE|CONTACTE|MOLESTE|TEXTEE)[NS]?\ MAS\b
        |\b(DEJE|DEJEN|DEJA|PARE|PAREN|PARA)\ DE\ (ENVIAR|ENVIARME|MANDAR|MANDARME|ESCRIBIR|ESCRIBIRME|CONTACTARME|MOLESTAR|MOLESTARME)\b
        |^NO\ MAS(\ (POR\ FAVOR|GRACIAS))?$|\bNO\ MAS\ (MENSAJES|TEXTOS|SMS)\b|\bNO\ QUIERO\ (RECIBIR\ )?(MAS\ )?(MENSAJES|TEXTOS|SMS|PROMOCIONES|PUBLICIDAD|SUS\ MENSAJES|ESTOS\ MENSAJES)\b|\bNO\ QUIERO\ (RECIBIR\ )?MAS$|\bNO\ (ME|NOS)\ INTERESA(\ (GRACIAS|MAS|YA))*$|^ALTO\b|^(PARA|PAREN|PARE)\ (YA|POR\ FAVOR|ESTO)\b|\bBASTA\ (YA|DE)\b|^BASTA$
        |\b(QUITE|QUITEN|QUITA|QUITAR|BORRE|BORREN|BORRA|BORRAR|ELIMINE|ELIMINEN|ELIMINA|ELIMINAR|SAQUE|SAQUEN|SACA|SACAR)ME\b|\b(QUIT|BORR|ELIMIN|SA(QU|C))\w+\ MI\ NUMERO\b
        |\b(DARME|DAR|DEME|DENME)\ DE\ BAJA\b|\bNUMERO\ EQUIVOCADO\b|\b(POR\ FAVOR\ )(PARAR|PARE|PAREN|ALTO)\b
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Spanish();

    [GeneratedRegex("""
        \bNE\ (MENVOYEZ|MENVOIE|MECRIVEZ|MECRIS|ME\ CONTACTEZ|ME\ CONTACTE|ME\ DERANGEZ)\b
        |\bNE\ PLUS\ (MECRIRE|MENVOYER|ME\ (CONTACTER|DERANGER|SOLLICITER)|RECEVOIR|ENVOYER)\b
        |\b(ARRETEZ|ARRETE|ARRETER|CESSEZ|CESSE|STOPPEZ)\ (DE\ |DENVOYER|DECRIRE|VOS|VOTRE|CES|LES|TOUT|CA)|\bPLUS\ (DE|AUCUN)\ (MESSAGES?|TEXTOS?|SMS)\b
        |\b(DESABONNEZ|DESINSCRIVEZ|RETIREZ|SUPPRIMEZ|ENLEVEZ)\ (MOI|MON\ NUMERO)\b|\bME\ (DESABONNER|DESINSCRIRE|RETIRER|SUPPRIMER|ENLEVER)\b
        |\bJE\ NE\ (VEUX|SOUHAITE)\ PLUS(\ (RECEVOIR|DE\ (VOS|MESSAGES?|SMS|TEXTOS?|PUBS?)|ETRE|QUE\ VOUS|AVOIR)\b|$)|\bPAS\ INTERESSEE?(\ MERCI)?$|\bLAISSEZ\ MOI\ TRANQUILLE\b|\bMAUVAIS\ NUMERO\b|\bSTOP\ (SVP|MERCI|SIL\ VOUS\ PLAIT|AUX\ SMS)\b
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex French();
}

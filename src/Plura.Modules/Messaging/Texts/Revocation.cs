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
        return English().IsMatch(said) ? "en" : Spanish().IsMatch(said) ? "es" : French().IsMatch(said) ? "fr" : null;
    }

    [GeneratedRegex("""
        ^((PLEASE|PLS|PLZ|JUST|OK|HI|HELLO|HEY)\ )*STOP(\ (PLEASE|PLS|PLZ|NOW|IT|THIS|THAT|ALREADY|THANKS|THANK\ YOU|TODAY|EVERYTHING))*$
        |\bSTOP\ (ALL\ )?(THESE\ |THE\ |YOUR\ |MY\ |ANY\ )?(TEXTING|MESSAGING|SENDING|CONTACTING|SPAMMING|HARASSING|BOTHERING|TEXTS|MESSAGES|SMS|SPAM)\b
        |\b(DO\ NOT|DONT|NEVER)\ (EVER\ )?(TEXT|MESSAGE|CONTACT|WRITE|SEND|SMS)\ (ME|US|THIS|MESSAGES|TEXTS|ANYTHING|ANY|ANYMORE)\b
        |\b(REMOVE|TAKE|DELETE|OPT)\ (ME|MY\ NUMBER|MY\ PHONE|THIS\ NUMBER|US)\ ?(OFF|OUT|FROM)?\b.*\b(LIST|OUT|OFF|NUMBER|TEXTS|MESSAGES|DATABASE|SYSTEM)\b
        |\b(REMOVE|DELETE)\ (ME|MY\ NUMBER|THIS\ NUMBER)$
        |\bOPT\ (ME\ )?OUT\b|\bOPTING\ OUT\b|\bUNSUBSCRIBE\b
        |\bNO\ MORE\ (TEXTS|TEXT|MESSAGES|SMS|TEXTING)\b|\bNO\ LONGER\ WANT\b.*\b(TEXTS|MESSAGES|SMS)\b
        |\b(DONT|DO\ NOT)\ WANT\ (TO\ (GET|RECEIVE)\ |ANY\ )?(MORE\ |ANYMORE\ |THESE\ |YOUR\ |ANY\ MORE\ )*(TEXTS|MESSAGES|SMS)\b
        |\bLEAVE\ ME\ ALONE\b|\bLOSE\ MY\ NUMBER\b|\bWRONG\ NUMBER\b|\bREVOKE\b.*\bCONSENT\b|\bWITHDRAW\b.*\bCONSENT\b
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex English();

    [GeneratedRegex("""
        \bNO\ (ME|NOS)\ (ESCRIBA|ESCRIBAN|ESCRIBAS|MANDE|MANDEN|MANDES|ENVIE|ENVIEN|ENVIES|CONTACTE|CONTACTEN|CONTACTES|MOLESTE|MOLESTEN|MOLESTES|TEXTEE|TEXTEEN)\b
        |\b(DEJE|DEJEN|DEJA|PARE|PAREN|PARA)\ DE\ (ENVIAR|ENVIARME|MANDAR|MANDARME|ESCRIBIR|ESCRIBIRME|CONTACTARME|MOLESTAR|MOLESTARME)\b
        |\bNO\ MAS\ (MENSAJES|TEXTOS|SMS)\b|\bNO\ QUIERO\ (RECIBIR\ )?(MAS|MENSAJES|SUS\ MENSAJES)\b
        |\b(QUITEME|QUITENME|QUITAME|BORREME|BORRENME|BORRAME|ELIMINEME|ELIMINENME|SAQUEME|SAQUENME)\b|\b(DARME|DAR|DEME|DENME)\ DE\ BAJA\b
        |\bNUMERO\ EQUIVOCADO\b|\b(POR\ FAVOR\ )(PARAR|PARE|PAREN|ALTO)\b
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Spanish();

    [GeneratedRegex("""
        \bNE\ (MENVOYEZ|MENVOIE|MECRIVEZ|MECRIS|ME\ CONTACTEZ|ME\ CONTACTE|ME\ DERANGEZ)\b
        |\b(ARRETEZ|ARRETE|CESSEZ|CESSE)\ (DE\ |DENVOYER|DECRIRE)|\bPLUS\ (DE|AUCUN)\ (MESSAGES?|TEXTOS?|SMS)\b
        |\b(DESABONNEZ|DESINSCRIVEZ|RETIREZ|SUPPRIMEZ|ENLEVEZ)\ (MOI|MON\ NUMERO)\b|\bME\ (DESABONNER|DESINSCRIRE)\b
        |\bJE\ NE\ (VEUX|SOUHAITE)\ PLUS\b|\bLAISSEZ\ MOI\ TRANQUILLE\b|\bMAUVAIS\ NUMERO\b|\bSTOP\ (SVP|SIL\ VOUS\ PLAIT|AUX\ SMS)\b
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex French();
}

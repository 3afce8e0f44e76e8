using System.Text.RegularExpressions;

namespace Plura.Privacy.Contracts;

/// <summary>
/// What the words beside a box for permission have to say so that the permission holds: for texts what carriers and the law of the United States ask for (47 CFR 64.1200, CTIA's
/// principles), for e-mail what the GDPR does (Art. 7). Words are looked for in English, Spanish and French; it says what seems to be missing and forbids nothing.
/// </summary>
public static partial class ConsentWording
{
    /// <summary>Sentences, none where nothing seems to be missing.</summary>
    public static IReadOnlyList<string> Missing(string channel, string wording, string business) => [.. channel == Channels.Sms ? Texts(wording, business) : Mail(wording, business)];

    /// <summary>Words that have it all.</summary>
    public static string Suggest(string channel, string business) => channel == Channels.Sms
        ? $"Yes, {business} may send me text messages with news and offers, up to four a month. Message and data rates may apply. I can reply STOP to end them and HELP for help. Saying yes is not a condition of any purchase."
        : $"Yes, {business} may send me news and offers by e-mail. I can stop this at any time.";

    private static IEnumerable<string> Texts(string wording, string business)
    {
        if (!Names(wording, business))
            yield return $"They do not say who sends the texts: name {business}.";
        if (!TextWords().IsMatch(wording))
            yield return "They do not say that it is about text messages.";
        if (!OftenWords().IsMatch(wording))
            yield return "They do not say how often texts come, for example “up to four a month”.";
        if (!RateWords().IsMatch(wording))
            yield return "They lack “Message and data rates may apply”.";
        if (!StopWords().IsMatch(wording))
            yield return "They do not say that STOP ends it.";
        if (!HelpWords().IsMatch(wording))
            yield return "They do not say that HELP brings help.";
        if (!FreeWords().IsMatch(wording))
            yield return "They do not say that nobody has to agree in order to buy.";
        if (MailWords().IsMatch(wording))
            yield return "They are about e-mail too: ask for each in a box of its own.";
    }

    private static IEnumerable<string> Mail(string wording, string business)
    {
        if (!Names(wording, business))
            yield return $"They do not say who writes: name {business}.";
        if (!MailWords().IsMatch(wording))
            yield return "They do not say that it is about e-mail.";
        if (!LeaveWords().IsMatch(wording))
            yield return "They do not say that one can leave at any time.";
        if (TextWords().IsMatch(wording))
            yield return "They are about text messages too: ask for each in a box of its own.";
    }

    /// <summary>The whole name, or a word of it that is not a small one: businesses shorten themselves.</summary>
    private static bool Names(string wording, string business) =>
        wording.Contains(business, StringComparison.OrdinalIgnoreCase)
        || business.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(word => word.Length > 3 && wording.Contains(word, StringComparison.OrdinalIgnoreCase));

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(texts?|sms|text messages?|mensajes? de texto|textos?)\b", Options)]
    private static partial Regex TextWords();

    [GeneratedRegex(@"\b(e-?mails?|correos? electr[oó]nicos?|courriels?)\b", Options)]
    private static partial Regex MailWords();

    [GeneratedRegex(@"(frequency|frecuencia|fr[eé]quence|\b(a|per|each|every|al|por|cada|par|chaque) (day|week|month|year|d[ií]a|semana|mes|a[nñ]o|jour|semaine|mois|an)\b|recurring|recurrentes|r[eé]currents|monthly|weekly|daily)", Options)]
    private static partial Regex OftenWords();

    [GeneratedRegex(@"(rates? (may|might) apply|tarifas? de (mensajes|datos)|pueden aplicar(se)? (cargos|tarifas)|frais .{0,40}(s.appliquer|messagerie|donn[eé]es))", Options)]
    private static partial Regex RateWords();

    [GeneratedRegex(@"\b(stop|alto|arret|arr[eê]t)\b", Options)]
    private static partial Regex StopWords();

    [GeneratedRegex(@"\b(help|ayuda|aide)\b", Options)]
    private static partial Regex HelpWords();

    [GeneratedRegex(@"(not (a )?(condition|required)|no purchase|without buying|no es (una )?condici[oó]n|pas (une )?condition|sans obligation)", Options)]
    private static partial Regex FreeWords();

    [GeneratedRegex(@"(any ?time|unsubscribe|withdraw|opt out|stop|en cualquier momento|darme de baja|[aà] tout moment|d[eé]sinscri)", Options)]
    private static partial Regex LeaveWords();
}

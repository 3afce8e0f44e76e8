using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plura.Messaging;

/// <summary>
/// Reads STOP, START and HELP in English, Spanish and French: whatever the case, the accents and the signs around them. A keyword stands alone;
/// longer texts go to <see cref="Revocation"/>.
/// </summary>
public static partial class Keywords
{
    private static readonly FrozenDictionary<string, TextReading> Words = Read(
        (TextMeanings.Stop, "en", "STOP, STOPALL, STOP ALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT, OPT OUT, REMOVE, STOP STOP, STOPP, STTOP, STPO, SOTP, TD, UNSUB, UNSUSCRIBE, UNSUBCRIBE"),
        (TextMeanings.Stop, "es", "PARAR, PARE, ALTO, BAJA, CANCELAR, DETENER, TERMINAR, SALIR, DESUSCRIBIR"),
        (TextMeanings.Stop, "fr", "ARRET, ARRETER, ARRETEZ, DESABONNER, DESABONNEMENT, DESINSCRIRE, ANNULER, STOP SMS"),
        (TextMeanings.Start, "en", "START, UNSTOP"),
        (TextMeanings.Start, "es", "INICIAR, EMPEZAR, COMENZAR, ALTA"),
        (TextMeanings.Start, "fr", "COMMENCER, REPRENDRE, DEBUT"),
        (TextMeanings.Help, "en", "HELP, INFO"),
        (TextMeanings.Help, "es", "AYUDA, INFORMACION"),
        (TextMeanings.Help, "fr", "AIDE, INFORMATION"));

    private static readonly FrozenDictionary<string, string> Yes = new Dictionary<string, string>(StringComparer.Ordinal) { ["YES"] = "en", ["SI"] = "es", ["OUI"] = "fr" }.ToFrozenDictionary(StringComparer.Ordinal);

    public static TextReading Of(string text)
    {
        var plain = Signature().Replace(Plain(text), "");
        if (Words.TryGetValue(plain, out var reading))
            return reading;
        if (Yes.TryGetValue(plain, out var language))
            return new TextReading(TextMeanings.Start, language, plain) { OnlyAgain = true };
        if (text.Trim() is "\U0001F6D1" or "\u26D4")
            return new TextReading(TextMeanings.Stop, "en", "STOP");
        return Revocation.Language(plain) is { } theirs
            ? new TextReading(TextMeanings.LikelyStop, theirs, "")
            : new TextReading(TextMeanings.Message, "en", "");
    }

    /// <summary>Upper case, wide and ornate letters as plain ones, without accents and apostrophes; everything else that is no letter or digit becomes one blank. A word that is spelled out is one word.</summary>
    internal static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        // What is no character cannot be taken apart.
        var whole = string.Concat(text.EnumerateRunes().Where(r => r.Value != 0xFFFE));
        foreach (var c in whole.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format || c is '\'' or '\u2019' or '\u02BC')
                continue;
            if (char.IsLetterOrDigit(c))
                plain.Append(char.ToUpperInvariant(c));
            else if (plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        }

        var words = plain.ToString().TrimEnd();
        return words.Length > 4 && words.Split(' ') is var letters && Array.TrueForAll(letters, l => l.Length == 1) ? string.Concat(letters) : words;
    }

    /// <summary>What a telephone puts below by itself.</summary>
    [GeneratedRegex(@"(?<=\w)\ (SENT|GET|ENVOYE|ENVIADO|GESENDET)\ (FROM|OUTLOOK|DE|DEPUIS|DESDE|VON)\b.{0,60}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Signature();

    private static FrozenDictionary<string, TextReading> Read(params (string Meaning, string Language, string Words)[] lines) => lines
        .SelectMany(l => l.Words.Split(", ").Select(w => new TextReading(l.Meaning, l.Language, w)))
        .ToFrozenDictionary(r => r.Word, StringComparer.Ordinal);
}

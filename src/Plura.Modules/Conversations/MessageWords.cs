using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Plura.Conversations.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Conversations;

/// <summary>Lets messages be found by whole words, however they are spelled as to case and accents, although what they say stands nowhere in the open.</summary>
public sealed partial class MessageWords(PluraDb db, IWordKeys keys)
{
    /// <summary>Of a longer message so many different words are known, the first ones.</summary>
    private const int Most = 500;

    private const int Shortest = 2;
    private const int Longest = 40;

    /// <summary>What is asked for.</summary>
    public const int MostAsked = 8;

    public void Know(Message message, MessageText text)
    {
        foreach (var word in Of($"{text.Subject} {text.Text} {string.Join(' ', text.Files)}").Take(Most))
            db.MessageWords.Add(MessageWord.New(message.Id, keys.Of(word)));
    }

    /// <summary>The messages that have all of these words; null where there is no word in it.</summary>
    public IQueryable<Guid>? With(string text)
    {
        IQueryable<Guid>? found = null;
        foreach (var word in Of(text).Take(MostAsked))
        {
            var key = keys.Of(word);
            var having = db.MessageWords.Where(w => w.TenantId == db.Tenant.Id && w.Word == key).Select(w => w.MessageId);
            found = found is null ? having : found.Where(m => having.Contains(m));
        }

        return found;
    }

    /// <summary>The different words of a text, folded, in their order.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark)
                continue;
            if (Rune.IsLetterOrDigit(rune))
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
            else
                folded.Append(' ');
        }

        return folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Parts).Where(w => w.Length is >= Shortest and <= Longest).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Writing that puts no blanks between words is known by each two signs that stand together.</summary>
    private static IEnumerable<string> Parts(string word)
    {
        var runs = Runs().Matches(word);
        if (runs.Count == 1 && !Unspaced().IsMatch(word))
            return [word];
        return runs.SelectMany(run => !Unspaced().IsMatch(run.Value) || run.Length < 3 ? [run.Value] : Enumerable.Range(0, run.Length - 1).Select(at => run.Value.Substring(at, 2)));
    }

    [GeneratedRegex(@"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF]+|[^\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF]+", RegexOptions.CultureInvariant)]
    private static partial Regex Runs();

    [GeneratedRegex(@"^[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF]", RegexOptions.CultureInvariant)]
    private static partial Regex Unspaced();
}

using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Plura.Messaging.Contracts;
using Plura.Ui;

namespace Plura.Messaging;

/// <summary>What mailboxes make of the letter itself: its subject, its size, its links and its pictures.</summary>
public static class BodyCheck
{
    /// <summary>Gmail shows no more than about 102 kB of a letter and hides the rest, the link for leaving with it.</summary>
    private const int Clipped = 102_000;

    private const int Fewest = 200;
    private const int LongSubject = 70;

    /// <summary>Services that hide where a link leads: filters think of those who have something to hide.</summary>
    private static readonly HashSet<string> Shorteners = new(["bit.ly", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com"], StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<LetterFinding> Examine(RenderedLetter letter)
    {
        var page = new HtmlParser().ParseDocument(letter.Html);
        var words = string.Concat((page.Body?.TextContent ?? "").Where(char.IsLetterOrDigit)).Length;
        return [.. Subject(letter.Subject), Size(letter.Html), .. Links(page), .. Pictures(page, words), Plain(letter.Text)];
    }

    private static IEnumerable<LetterFinding> Subject(string subject)
    {
        var letters = subject.Where(char.IsLetter).ToList();
        if (letters.Count >= 8 && letters.TrueForAll(char.IsUpper))
            yield return new("subject.shouts", LetterHealth.Notice, "The subject shouts", "It is written in capitals throughout, as spam often is. Write it as you would say it.");
        if (subject.StartsWith("re:", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("fwd:", StringComparison.OrdinalIgnoreCase))
            yield return new("subject.pretends", LetterHealth.Bad, "The subject pretends to be an answer", "“Re:” before a letter that answers nothing misleads people: the law of several countries forbids it, and filters know it.");
        if (subject.Contains("!!", StringComparison.Ordinal) || subject.Contains("$$", StringComparison.Ordinal))
            yield return new("subject.excited", LetterHealth.Notice, "The subject is too excited", "Several exclamation marks or signs of money in a row stand in most spam.");
        if (subject.Length > LongSubject)
            yield return new("subject.long", LetterHealth.Notice, "The subject is long", $"It has {Say.Number(subject.Length)} characters. Phones show the first forty or so.");
    }

    private static LetterFinding Size(string html) => Encoding.UTF8.GetByteCount(html) switch
    {
        > Clipped and var bytes => new("size.clipped", LetterHealth.Bad, "The letter is too large", $"It has {Say.Bytes(bytes)}. Gmail cuts letters off at about 100 KB and hides what comes after, the link for leaving too."),
        > Clipped * 8 / 10 and var bytes => new("size.near", LetterHealth.Notice, "The letter is nearly too large", $"It has {Say.Bytes(bytes)}, and Gmail cuts letters off at about 100 KB."),
        var bytes => new("size.fine", LetterHealth.Good, "The size is right", $"{Say.Bytes(bytes)} without pictures that lie elsewhere."),
    };

    private static IEnumerable<LetterFinding> Links(IDocument page)
    {
        var links = page.QuerySelectorAll("a[href]").Select(a => (Text: a.TextContent.Trim(), To: Web(a.GetAttribute("href")))).Where(a => a.To is not null).Select(a => (a.Text, To: a.To!)).ToList();
        var plain = links.Where(a => a.To.Scheme == "http" && !a.To.IsLoopback).Select(a => a.To.Host).Distinct(StringComparer.Ordinal).ToList();
        if (plain.Count > 0)
            yield return new("links.plain", LetterHealth.Notice, "Some links are not encrypted", $"They lead to {string.Join(", ", plain)} by http. Write https.");
        if (links.Where(a => Shorteners.Contains(a.To.Host)).Select(a => a.To.Host).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } hidden)
            yield return new("links.shortened", LetterHealth.Bad, "Some links hide where they lead", $"Filters distrust {string.Join(", ", hidden)}, which spam uses. Link to the page itself.");
        if (links.Exists(a => IPAddress.TryParse(a.To.Host.Trim('[', ']'), out _) && !a.To.IsLoopback))
            yield return new("links.numbers", LetterHealth.Bad, "A link leads to a number", "It has an IP address instead of a name, as only fraud has. Link to a name.");
        if (links.Find(a => Shown(a.Text) is { } shown && !Belongs(a.To.Host, shown)) is { Text.Length: > 0 } wrong)
            yield return new("links.false", LetterHealth.Bad, "A link shows another address than it leads to", $"It reads “{wrong.Text}” and leads to {wrong.To.Host}. Mail programs warn people of that. Write words instead, or the address itself.");
    }

    private static IEnumerable<LetterFinding> Pictures(IDocument page, int words)
    {
        var pictures = page.QuerySelectorAll("img").Where(i => i.GetAttribute("width") is not "1").ToList();
        if (pictures.Count == 0)
            yield break;
        if (words < Fewest)
            yield return new("pictures.only", LetterHealth.Bad, "Nearly all of it is pictures", $"It has {Say.Count(pictures.Count, "picture")} and {Say.Count(words, "letter")} of text. Many people see no pictures at first, and filters cannot read them: write what matters.");
        if (pictures.Count(i => string.IsNullOrWhiteSpace(i.GetAttribute("alt"))) is > 0 and var mute)
            yield return new("pictures.mute", LetterHealth.Notice, "Pictures without a description", $"{Say.Count(mute, "picture")} say nothing to those who do not see them. Describe each in a few words.");
        if (pictures.Exists(i => i.GetAttribute("src")?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) == true))
            yield return new("pictures.inside", LetterHealth.Bad, "A picture stands in the letter itself", "Gmail and Outlook do not show such pictures, and they make the letter large. Put it on a website and link to it.");
    }

    private static LetterFinding Plain(string text) => text.Count(char.IsLetterOrDigit) >= 20
        ? new("text.fine", LetterHealth.Good, "It can be read without HTML", "A text part is made of your words: watches, screen readers and careful people read that.")
        : new("text.empty", LetterHealth.Bad, "Without HTML nothing is left of it", "Its text part says next to nothing, which filters take for a letter that hides something. Write a few sentences.");

    private static Uri? Web(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 ? uri : null;

    /// <summary>The host that a link's words name; null where they are words.</summary>
    private static string? Shown(string text) =>
        text.Contains(' ', StringComparison.Ordinal) || !text.Contains('.', StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal) ? null
        : Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var uri) && uri.Host.Contains('.', StringComparison.Ordinal) && !uri.Host.EndsWith('.') ? uri.Host : null;

    private static bool Belongs(string host, string shown)
    {
        static string Bare(string name) => name.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
        return Bare(host).Equals(Bare(shown), StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + Bare(shown), StringComparison.OrdinalIgnoreCase);
    }
}

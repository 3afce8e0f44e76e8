using MimeKit;

namespace Plura.Messaging;

/// <summary>Those headers of a letter of ours that say which one it was, as a report gives them back.</summary>
/// <param name="Returns">Where it was to come back to: its envelope sender, by the report or by the letter.</param>
/// <param name="Token">See <see cref="ReturnAddresses.Header"/>.</param>
/// <param name="FeedbackId">Names the account of a marketing letter.</param>
/// <param name="Unsubscribe">The signed link of a marketing letter.</param>
public sealed record ReturnedHeaders(string? MessageId, string? Returns, string? Token, string? FeedbackId, string? Unsubscribe)
{
    private const int Longest = 2_000;
    private static readonly string[] Names = ["Message-ID", "Return-Path", ReturnAddresses.Header, "Feedback-ID", "List-Unsubscribe"];

    public static ReturnedHeaders None { get; } = new(null, null, null, null, null);

    public static ReturnedHeaders Of(MimeMessage? letter, string? envelopeSender = null) => letter is null
        ? None with { Returns = envelopeSender }
        : Of(name => letter.Headers[name], envelopeSender);

    /// <summary>Out of a plain text that ends with a copy of the letter, quoted or not.</summary>
    public static ReturnedHeaders In(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? open = null;
        foreach (var whole in text.Split('\n'))
        {
            var line = whole.TrimEnd('\r').TrimStart('>');
            var folded = line.Length > 0 && line[0] is ' ' or '\t';
            line = line.Trim();
            if (folded && open is not null && found[open].Length < Longest)
            {
                found[open] += line;
                continue;
            }

            open = Array.Find(Names, name => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase) && !found.ContainsKey(name));
            if (open is not null)
                found[open] = line[(open.Length + 1)..].Trim();
        }

        return Of(name => found.GetValueOrDefault(name), null);
    }

    private static ReturnedHeaders Of(Func<string, string?> header, string? envelopeSender) =>
        new(Bare(header("Message-ID")), envelopeSender ?? Bare(header("Return-Path")), header(ReturnAddresses.Header), header("Feedback-ID"), header("List-Unsubscribe"));

    private static string? Bare(string? value) => value?.Trim().Trim('<', '>').Trim();
}

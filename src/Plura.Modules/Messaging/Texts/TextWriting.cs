using System.Text.RegularExpressions;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Checks and stores text messages: the writing half of the send ledger for texts.</summary>
public sealed partial class TextWriting(PluraDb db, IAccountDirectory accounts, TextNumbers numbers, TimeProvider clock)
{
    public Refusal? Check(TextContent content)
    {
        if (string.IsNullOrWhiteSpace(content.Text))
            return Refusal.Invalid("text.empty", "Write the message.", nameof(content.Text));
        if (content.Text.Length > TextContent.Longest)
            return Refusal.Invalid("text.too_long", "The message is too long: 1,600 characters are the most.", nameof(content.Text));
        if (LetterLink().IsMatch(content.Text))
            return Refusal.Invalid("text.letter_link", "People end texts by replying STOP. The links to unsubscribe belong into e-mails.", nameof(content.Text));
        if (TemplateProblems.Find(content.Text, html: false) is { } problem)
            return Refusal.Invalid("text.template", problem, nameof(content.Text));
        return Trial(content.Text);
    }

    public async Task<Result<Guid>> Write(TextContent content, CancellationToken ct)
    {
        if (Check(content) is { } refusal)
            return refusal;
        var number = await accounts.Account(db.Tenant.Id, ct) is { } account ? numbers.Of(account)?.Number : null;
        if (number is not null)
            await numbers.Use(number, ct);
        // Without a number nothing goes, and the gate says why; what was written is kept all the same.
        var stored = Content.Of(content, number ?? "", clock.GetUtcNow());
        db.Contents.Add(stored);
        await db.SaveChangesAsync(ct);
        return stored.Id;
    }

    /// <summary>Writes it once for nobody, so that what only shows when it runs shows now.</summary>
    private static Refusal? Trial(string text)
    {
        try
        {
            MergeTemplate.Parse(text, html: false).Render(new MergeScope(new Dictionary<string, object?>(StringComparer.Ordinal), new MergeAccount("", "", "-"), new PreviewUrls([])));
            return null;
        }
        catch (TemplateException problem)
        {
            return Refusal.Invalid("text.template", problem.Message, nameof(TextContent.Text));
        }
    }

    [GeneratedRegex(@"\{[\{%][^}]*(unsubscribe_url|preferences_url)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex LetterLink();
}

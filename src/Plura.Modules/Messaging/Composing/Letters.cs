using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Messaging.Data;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Checks, stores and shows letters: the writing half of the send ledger.</summary>
public sealed class Letters(PluraDb db, IAccountDirectory accounts, LetterFields fields, IRecipients recipients, TestLetters tests, PublicLinks links, TimeProvider clock)
{
    private const int MostLinks = 500;
    private const int LongestHtml = 500_000;

    /// <summary>Every sentence belongs to the field it concerns.</summary>
    public Refusal? Check(LetterContent content)
    {
        if (string.IsNullOrWhiteSpace(content.Subject))
            return Refusal.Invalid("letter.no_subject", "Write a subject.", nameof(content.Subject));
        if (string.IsNullOrWhiteSpace(content.Html))
            return Refusal.Invalid("letter.empty", "Write the letter.", nameof(content.Html));
        if (content.Html.Length > LongestHtml)
            return Refusal.Invalid("letter.too_long", "The letter is too long: 500,000 characters are the most. Pictures belong behind a link, not into the text.", nameof(content.Html));
        if (HeaderText.Address(content.FromEmail) is null)
            return Refusal.Invalid("letter.sender", "Enter the e-mail address the letter comes from.", nameof(content.FromEmail));
        if (content.ReplyTo is { Length: > 0 } reply && HeaderText.Address(reply) is null)
            return Refusal.Invalid("letter.reply_to", "The address for replies is not an e-mail address.", nameof(content.ReplyTo));
        return Template(content.Subject, html: false, nameof(content.Subject))
            ?? Template(content.Preview ?? "", html: false, nameof(content.Preview))
            ?? Template(content.Html, html: true, nameof(content.Html))
            ?? (LetterMarkup.Find(content.Html) is { } markup ? Refusal.Invalid("letter.markup", markup, nameof(content.Html)) : null)
            ?? Trial(content);
    }

    public async Task<IReadOnlyList<LetterProblem>> UnknownFields(LetterContent content, CancellationToken ct)
    {
        var known = (await recipients.MergeFields(ct)).Select(f => f.Path).ToList();
        var problems = new List<LetterProblem>();
        foreach (var (field, text) in (IEnumerable<(string, string?)>)[(nameof(content.Subject), content.Subject), (nameof(content.Preview), content.Preview), (nameof(content.Html), content.Html)])
        {
            foreach (var unknown in Messaging.UnknownFields.Find(LiquidTags.Decode(text ?? ""), known))
            {
                var meant = Messaging.UnknownFields.Meant(unknown.Path, known) is { } near ? $" Did you mean {near}?" : "";
                var then = unknown.HasFallback ? "Everybody gets the words that stand in for it." : "Nothing is printed where it stands.";
                problems.Add(new LetterProblem(field, $"Line {unknown.Line}: there is no field called {unknown.Path}.{meant} {then}", unknown.HasFallback));
            }
        }

        return problems;
    }

    public async Task<Result<Guid>> Write(LetterContent content, CancellationToken ct)
    {
        if (Check(content) is { } refusal)
            return refusal;
        var now = clock.GetUtcNow();
        var targets = LetterSource.Targets(content, links.PublicUrl);
        if (targets.Count > MostLinks)
            return Refusal.Invalid("letter.links", "The letter has more than 500 different links.", nameof(content.Html));
        var stored = Content.Of(content, now);
        db.Contents.Add(stored);
        for (var number = 0; number < targets.Count; number++)
            db.ContentLinks.Add(ContentLink.New(stored.Id, number, targets[number], now));
        await db.SaveChangesAsync(ct);
        return stored.Id;
    }

    public async Task<Result<RenderedLetter>> Render(LetterContent content, Guid? contactId, CancellationToken ct)
    {
        if (Check(content) is { } refusal)
            return refusal;
        try
        {
            var account = await Composer.Account(accounts, db.Tenant.Id, content.FromName, ct);
            return Written(content, new MergeScope(await fields.Of(contactId, ct), account, new PreviewUrls([])));
        }
        catch (TemplateException problem)
        {
            return Refusal.Invalid("letter.template", problem.Message, nameof(content.Html));
        }
    }

    public Task<Result> SendTest(LetterContent content, Guid? contactId, Guid userId, CancellationToken ct) => tests.Send(this, content, contactId, userId, ct);

    private RenderedLetter Written(LetterContent content, MergeScope scope)
    {
        // Alone first: the lines that a complaint names are then the writer's own, not those of the document around them.
        MergeTemplate.Parse(LiquidTags.Decode(content.Html), html: true).Render(scope);
        var source = LetterSource.Of(content, scope.Account, links.PublicUrl, tracked: null);
        return new RenderedLetter(
            FieldEncoding.OneLine(MergeTemplate.Parse(source.Subject, html: false).Render(scope)),
            MergeTemplate.Parse(source.Html, html: true).Render(scope),
            MergeTemplate.Parse(source.Text, html: false, lines: true).Render(scope));
    }

    private static Refusal? Template(string text, bool html, string field) =>
        TemplateProblems.Find(LiquidTags.Decode(text), html) is { } problem ? Refusal.Invalid("letter.template", problem, field) : null;

    /// <summary>Writes it once for nobody, so that what only shows when it runs shows now.</summary>
    private Refusal? Trial(LetterContent content)
    {
        try
        {
            Written(content, new MergeScope(new Dictionary<string, object?>(StringComparer.Ordinal), new MergeAccount("", "", "-"), new PreviewUrls([])));
            return null;
        }
        catch (TemplateException problem)
        {
            return Refusal.Invalid("letter.template", problem.Message, nameof(content.Html));
        }
    }
}

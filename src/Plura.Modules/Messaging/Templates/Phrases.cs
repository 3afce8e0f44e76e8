using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

internal sealed class Phrases(PluraDb db, IAccountDirectory accounts, LetterFields fields) : IPhrases
{
    private static readonly Dictionary<string, object?> Nobody = new(StringComparer.Ordinal);

    public Refusal? Check(string text, string field)
    {
        if (TemplateProblems.Find(text, html: false) is { } problem)
            return Refusal.Invalid("phrase.template", problem, field);
        try
        {
            MergeTemplate.Parse(text, html: false, lines: true).Render(new MergeScope(Nobody, new MergeAccount("", "", "-"), new PreviewUrls([])));
            return null;
        }
        catch (TemplateException wrong)
        {
            return Refusal.Invalid("phrase.template", wrong.Message, field);
        }
    }

    public async Task<Func<string, string>> For(Guid contactId, CancellationToken ct)
    {
        var card = await accounts.Account(db.Tenant.Id, ct) ?? throw new InvalidOperationException("The account of this scope does not exist.");
        var account = await Composer.Account(accounts, db.Tenant.Id, card.SenderName, ct);
        var scope = new MergeScope(await fields.Known(contactId, ct) ?? Nobody, account, new PreviewUrls([]));
        return text => text.Contains('{', StringComparison.Ordinal) ? Fill(text, scope) : text;
    }

    private static string Fill(string text, MergeScope scope)
    {
        try
        {
            return MergeTemplate.Parse(text, html: false, lines: true).Render(scope);
        }
        catch (TemplateException)
        {
            // It was right when it was kept; what a person goes on writing in may stand there as it was kept.
            return text;
        }
    }
}

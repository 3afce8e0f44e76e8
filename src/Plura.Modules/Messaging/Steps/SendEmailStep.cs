using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plura.Accounts.Contracts;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Sends each contact who comes by one letter.</summary>
internal sealed partial class SendEmailStep(PluraDb db, ISendLedger ledger, IRecipients recipients, IAccountDirectory accounts) : MessageSteps(db, ledger, recipients), IStep
{
    private readonly PluraDb db = db;
    private readonly ISendLedger ledger = ledger;

    public StepKind Kind { get; } = new("send_email", "Send an e-mail", "mail", "Messages")
    {
        Sends = true,
        Fields =
        [
            new("subject", "Subject", StepFields.Text),
            new("preview", "What stands beside the subject in the inbox", StepFields.Text) { Optional = true },
            new("html", "The letter", StepFields.Letter),
        ],
    };

    public async Task<string?> Problem(JsonObject settings, CancellationToken ct)
    {
        if (Text(settings, "subject").Length is 0 or > 250)
            return "Write a subject of at most 250 characters.";
        if (Blank(Text(settings, "html")))
            return "The letter is still empty.";
        var account = (await accounts.Account(db.Tenant.Id, ct))!;
        if (account.PostalAddress is null)
            return "Your business has no postal address yet. Every marketing e-mail must show one: add it in Settings.";
        if (account.SenderEmail.Length == 0)
            return "Your business has no address from which it sends yet: add it in Settings.";
        var letter = Letter(settings, account);
        return ledger.Check(letter)?.Text ?? (await ledger.UnknownFields(letter, ct)).Where(p => !p.HasFallback).Select(p => p.Text).FirstOrDefault();
    }

    public string Say(JsonObject settings, ThingNames names) => Text(settings, "subject") is { Length: > 0 } subject ? $"Send the e-mail “{subject}”" : "Send an e-mail";

    public async Task<Result<JsonObject>> Publish(JsonObject settings, CancellationToken ct)
    {
        var written = await ledger.Write(Letter(settings, (await accounts.Account(db.Tenant.Id, ct))!), ct);
        return written.Refusal is { } refusal ? refusal : With(settings, written.Value);
    }

    public Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct) => Send(batch, Channels.Email, ct);

    private static LetterContent Letter(JsonObject settings, AccountCard account) => new()
    {
        Subject = Text(settings, "subject"),
        Preview = Text(settings, "preview") is { Length: > 0 } preview ? preview : null,
        Html = Text(settings, "html"),
        FromName = account.SenderName,
        FromEmail = account.SenderEmail,
    };

    // An image alone is a letter; empty paragraphs of the editor are not.
    private static bool Blank(string html) => !html.Contains("<img", StringComparison.OrdinalIgnoreCase) && Markup().Replace(html, "").Length == 0;

    [GeneratedRegex("<[^>]*>|&nbsp;|\\s", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Markup();
}

using System.Text.Json.Nodes;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Sends each contact who comes by one text message.</summary>
internal sealed class SendTextStep(PluraDb db, ISendLedger ledger, IRecipients recipients) : MessageSteps(db, ledger, recipients), IStep
{
    private readonly ISendLedger ledger = ledger;

    public StepKind Kind { get; } = new("send_text", "Send a text message", "message", "Messages")
    {
        Sends = true,
        Fields = [new("text", "The message", StepFields.Long) { Hint = "Your business's name and how to end it are added where they are missing." }],
    };

    public Task<string?> Problem(JsonObject settings, CancellationToken ct) =>
        Task.FromResult(Text(settings, "text").Length is 0 or > TextContent.Longest ? "Write the message, in 1,600 characters at most." : ledger.Check(Message(settings))?.Text);

    public string Say(JsonObject settings, ThingNames names) => "Send a text message";

    public async Task<Result<JsonObject>> Publish(JsonObject settings, CancellationToken ct)
    {
        var written = await ledger.WriteText(Message(settings), ct);
        return written.Refusal is { } refusal ? refusal : With(settings, written.Value);
    }

    public Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct) => Send(batch, Channels.Sms, ct);

    private static TextContent Message(JsonObject settings) => new() { Text = Text(settings, "text") };
}

using System.Text;
using Npgsql;
using Plura.Messaging;

namespace Plura.Adapters;

/// <summary>
/// Text messages of development: nothing leaves the machine, everything appears at <c>/dev/mailbox</c>. Numbers tell stories: <c>+15005550001</c> is
/// out of service, the owner of <c>+15005550002</c> told the carrier to let none through, <c>+15005550003</c> asks to come back later.
/// </summary>
public sealed class DevTexts(NpgsqlDataSource database, TimeProvider clock) : ITextTransport, ITransportSession
{
    private const int LongestSubject = 160;

    public string Name => "dev";

    public int Connections => 4;

    public bool Usable => true;

    public bool CarriesFiles => true;

    public Task<ITransportSession> Open(CancellationToken ct) => Task.FromResult<ITransportSession>(this);

    public async Task<HandOff> Send(AuthorizedMessage message, CancellationToken ct)
    {
        if (Story(message.Message.EnvelopeTo) is { } story)
            return story;
        var text = Encoding.UTF8.GetString(message.Message.Bytes.Span);
        return await DevTransport.Keep(database, "sms", message, text.Length > LongestSubject ? Cut(text) : text, clock.GetUtcNow());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>No half of a surrogate pair at its end: PostgreSQL takes none.</summary>
    private static string Cut(string text) => text[..(char.IsHighSurrogate(text[LongestSubject - 1]) ? LongestSubject - 1 : LongestSubject)];

    private static HandOff? Story(string number) => number switch
    {
        "+15005550001" => new HandOff(HandOffOutcome.Bounced, 30005, null, "The number does not exist, or is out of service."),
        "+15005550002" => new HandOff(HandOffOutcome.StopListed, 21610, null, "Its owner told the phone company to let none of our texts through."),
        "+15005550003" => new HandOff(HandOffOutcome.Deferred, 429, null, "Please come back later."),
        _ => null,
    };
}

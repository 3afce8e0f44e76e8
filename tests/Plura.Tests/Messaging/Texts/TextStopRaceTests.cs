using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>STOP while a broadcast by text runs: the address is held until the carrier has answered, so nothing begins after a STOP was taken.</summary>
public sealed class TextStopRaceTests(PluraApp first)
{
    private const int Readers = 240;
    /// <summary>So many go, then the carrier takes its time: what is in its hands then is known, and what is not begun.</summary>
    private const int Free = 60;
    private const int InHand = 4;
    private const int InTime = 12;
    private const int Racing = 24;

    [Fact]
    public async Task No_text_begins_after_its_readers_stop_was_taken()
    {
        var (carrier, goOn, begun) = (new ScriptedTexts { Connections = InHand }, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ConcurrentQueue<string>());
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        carrier.During = message =>
        {
            if (!IsBread(message))
                return Task.CompletedTask;
            begun.Enqueue(message.EnvelopeTo);
            if (begun.Count == Free + InHand)
                full.TrySetResult();
            return begun.Count > Free ? goOn.Task : Task.CompletedTask;
        };
        await using var app = await first.Another(services =>
        {
            services.RemoveAll<ITextTransport>();
            services.AddSingleton<ITextTransport>(carrier);
        });
        // Noon in New York: daytime wherever these numbers are.
        app.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 3, 18, 0, 0, TimeSpan.Zero));
        var account = await app.NewAccount();
        string[] phones = [.. Enumerable.Range(0, Readers).Select(n => $"+1212555{1000 + n}")];
        foreach (var phone in phones)
            await account.Reader(phone);
        // From then on a STOP finds whose it is.
        await account.Writes(await account.Ask<Guid>("select contact_id from contacts.contact_point where normal = $1", phones[0]));
        await app.Pump();
        await account.In(async services =>
        {
            var (ledger, recipients, now) = (services.GetRequiredService<ISendLedger>(), services.GetRequiredService<IRecipients>(), app.Clock.GetUtcNow());
            var content = (await ledger.WriteText(new TextContent { Text = "Fresh bread at noon", Category = Categories.Marketing }, default)).Value;
            var audience = (await recipients.Audience(new Audience { All = true }, Channels.Sms, default)).Value;
            return await ledger.Plan(new SendPlan("automation", Guid.CreateVersion7(now), content, null, now), audience, default);
        });

        var sending = app.Services.GetRequiredService<Pump>().RunDue(TestContext.Current.CancellationToken);
        await Task.WhenAny(full.Task, sending);
        Assert.False(sending.IsCompleted);
        var inHand = begun.Skip(Free).ToList();
        Assert.Equal(InHand, inHand.Count);
        var ahead = phones.Except(begun).ToList();
        var (inTime, racing) = (ahead[^InTime..], ahead[..^InTime].Where((_, n) => n % 6 == 0).Take(Racing).ToList());

        // Before it is begun: nothing comes of it any more.
        foreach (var phone in inTime)
            await Stop(app, phone);
        Assert.Equal(Free + InHand, begun.Count);

        // In the carrier's hands: a STOP is taken only once it is known what became of the text.
        var late = Task.WhenAll(inHand.Select(phone => Stop(app, phone)));
        await app.Waiting(InHand, late);
        Assert.False(late.IsCompleted);
        goOn.SetResult();
        await late;

        // And while it goes on.
        var atStop = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var phone in racing)
        {
            await Stop(app, phone);
            atStop[phone] = begun.Count(phone.Equals);
        }

        await sending;
        await app.Pump();
        Assert.All(inTime, phone => Assert.DoesNotContain(phone, begun));
        Assert.All(inHand, phone => Assert.Single(begun, phone));
        Assert.All(atStop, stop => Assert.Equal(stop.Value, begun.Count(stop.Key.Equals)));
        var spared = inTime.Count + atStop.Count(stop => stop.Value == 0);
        Assert.Equal(Readers - spared, begun.Count);
        Assert.Equal(spared, await account.Ask<long>("select count(*) from messaging.send where state = 'withheld' and reason = 'opted_out' and origin = 'automation'"));
        Assert.Equal(0, await account.Ask<long>("select count(*) from messaging.send where state = 'unknown'"));
    }

    private static bool IsBread(ComposedMessage message) => Encoding.UTF8.GetString(message.Bytes.Span).Contains("Fresh bread", StringComparison.Ordinal);

    private static async Task Stop(PluraApp app, string phone) =>
        Assert.Equal("stop", (await app.Phones(phone, "STOP", id: "SM" + phone)).GetProperty("meaning").GetString());
}

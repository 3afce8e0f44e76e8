using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>STOP while a broadcast by text runs: the address is held until the carrier has answered, so nothing begins after a STOP was taken.</summary>
public sealed class TextStopRaceTests(PluraApp first)
{
    private const int Readers = 240;
    private const int Stops = 40;

    [Fact]
    public async Task No_text_begins_after_its_readers_stop_was_taken()
    {
        await using var app = await first.Another();
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

        var chosen = phones.OrderBy(p => unchecked((uint)p[^1] * 2654435761u + (uint)p[^2] * 40503u)).Take(Stops).ToList();
        var sending = app.Services.GetRequiredService<Pump>().RunDue(TestContext.Current.CancellationToken);
        var atStop = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < chosen.Count && !sending.IsCompleted; i++)
        {
            while (await Marketing(app, "%") < (long)Readers * i / (Stops + 8) && !sending.IsCompleted)
                await Task.Yield();
            Assert.Equal("stop", (await app.Phones(chosen[i], "STOP", id: $"SM{i}")).GetProperty("meaning").GetString());
            atStop[chosen[i]] = await Marketing(app, chosen[i]);
        }

        await sending;
        await app.Pump();
        var inTime = atStop.Where(s => s.Value == 0).ToList();
        Assert.True(inTime.Count > Stops / 5, $"The race was none: {inTime.Count} of {atStop.Count} were in time.");
        foreach (var (phone, before) in atStop)
            Assert.Equal(before, await Marketing(app, phone));
        Assert.Equal(inTime.Count, await account.Ask<long>("select count(*) from messaging.send where state = 'withheld' and reason = 'opted_out' and origin = 'automation'"));
        Assert.Equal(0, await account.Ask<long>("select count(*) from messaging.send where state = 'unknown'"));
    }

    private static async Task<long> Marketing(PluraApp app, string phone) =>
        await app.Ask<long>("select count(*) from dev.message where channel = 'sms' and recipient like $1 and convert_from(source, 'UTF8') like '%Fresh bread%'", phone);
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Messaging;

namespace Plura.Tests.Messaging;

/// <summary>Every night the provider's own record is held against the ledger: lost receipts and lost answers are made up for, and what is not ours is told.</summary>
public sealed class ProviderLookTests(PluraApp first)
{
    [Fact]
    public async Task A_receipt_that_never_reached_us_is_taken_from_the_record_once()
    {
        var book = new Book();
        await using var app = await Start(book);
        var account = await app.NewAccount();
        var (ann, ben, cem) = (await account.Reader("+12125550100"), await account.Reader("+12125550101", name: "Ben"), await account.Reader("+12125550102", name: "Cem"));
        var (arrived, dead, open) = (await account.Writes(ann), await account.Writes(ben), await account.Writes(cem));
        await app.Pump();
        book.Says("+12125550100", ReceiptOutcome.Delivered);
        book.Says("+12125550101", ReceiptOutcome.Dead, 30005, "This number does not exist, or is out of service.");
        book.Says("+12125550102", ReceiptOutcome.Taken);
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((3, 2, 0), await Looked(app));
        await app.Work();
        Assert.Equal(("accepted", "bounced hard_bounce", "accepted"), (await account.State(arrived), await account.State(dead), await account.State(open)));
        Assert.Equal("This number does not exist, or is out of service.", await account.Ask<string>("select e.detail from messaging.send_event e join messaging.send s on s.id = e.send_id where s.origin_id = $1 and e.kind = 'undelivered'", dead));
        // The night after sees them again.
        Assert.Equal((3, 0, 0), await Looked(app));
        Assert.Equal(2, await account.Ask<long>("select count(*) from messaging.send_event where kind in ('delivered', 'undelivered')"));
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_found_and_of_two_that_could_be_it_neither()
    {
        var book = new Book { Lost = true };
        await using var app = await Start(book);
        var account = await app.NewAccount();
        var (ann, ben, cem) = (await account.Reader("+12125550100"), await account.Reader("+12125550101", name: "Ben"), await account.Reader("+12125550102", name: "Cem"));
        var (found, twice, never) = (await account.Writes(ann), await account.Writes(ben), await account.Writes(cem));
        await account.Writes(ben, "And another");
        await app.Pump();
        Assert.Equal("unknown connection_lost", await account.State(found));
        book.Drop("+12125550102");
        book.Says("+12125550100", ReceiptOutcome.Delivered);
        app.Clock.Advance(TimeSpan.FromHours(1));
        var looked = await app.Services.GetRequiredService<ProviderLook>().Run(_ => app.Clock.GetUtcNow().AddDays(-1), default);
        // Which of Ben's two is which nobody can tell, but a stranger is neither.
        Assert.Equal((3, 0, 1, 0), (looked.Compared, looked.Receipts, looked.Found, looked.Strangers.Count));
        Assert.Equal(("accepted", "unknown connection_lost", "unknown connection_lost"), (await account.State(found), await account.State(twice), await account.State(never)));
        // It has its name now, and is no stranger the night after.
        looked = await app.Services.GetRequiredService<ProviderLook>().Run(_ => app.Clock.GetUtcNow().AddDays(-1), default);
        Assert.Equal((0, 0), (looked.Found, looked.Strangers.Count));
    }

    [Fact]
    public async Task What_the_provider_took_and_nobody_here_sent_is_told_to_the_operator_but_not_while_it_is_young()
    {
        var book = new Book();
        await using var app = await Start(book);
        book.Add(new ProviderRecord("SMstray", TextNumbers.Development.Number, "+12125550199", ReceiptOutcome.Delivered, null, "", app.Clock.GetUtcNow()));
        await app.NewAccount();
        Assert.Empty((await app.Services.GetRequiredService<ProviderLook>().Run(_ => app.Clock.GetUtcNow().AddDays(-1), default)).Strangers);
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await app.Services.GetRequiredService<StrangerWatch>().Look(default));
        Assert.Equal("scripted:SMstray", await app.Ask<string>("select message_id from messaging.stranger"));
        Assert.Contains("scripted:SMstray", (await (await OperatorStaff.At(app)).Get("strangers")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_account_s_message_never_settles_another_s()
    {
        var book = new Book { Lost = true };
        await using var app = await Start(book);
        var (one, other) = (await app.NewAccount(), await app.NewAccount());
        var (mine, theirs) = (await one.Writes(await one.Reader("+12125550100")), await other.Writes(await other.Reader("+12125550100")));
        await app.Pump();
        // Of two messages to the same person only one reached the provider: whose it is nobody can tell.
        book.Drop("+12125550100");
        book.Says("+12125550100", ReceiptOutcome.Delivered);
        app.Clock.Advance(TimeSpan.FromHours(1));
        var looked = await app.Services.GetRequiredService<ProviderLook>().Run(_ => app.Clock.GetUtcNow().AddDays(-1), default);
        Assert.Equal((1, 0, 0), (looked.Compared, looked.Found, looked.Strangers.Count));
        Assert.Equal(("unknown connection_lost", "unknown connection_lost"), (await one.State(mine), await other.State(theirs)));
    }

    [Fact]
    public async Task A_message_from_before_providers_names_were_kept_is_ours_and_another_program_s_number_is_not_looked_at()
    {
        var book = new Book();
        await using var app = await Start(book);
        var account = await app.NewAccount();
        await account.Writes(await account.Reader("+12125550100"));
        await app.Pump();
        await app.Do("update messaging.send set provider_id = null");
        book.Add(new ProviderRecord("SMother", "+19995550000", "+12125550100", ReceiptOutcome.Delivered, null, "", app.Clock.GetUtcNow()));
        app.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((1, 0, 0), await Looked(app));
    }

    [Fact]
    public async Task A_second_message_to_somebody_who_got_one_is_a_stranger_all_the_same()
    {
        var book = new Book();
        await using var app = await Start(book);
        var account = await app.NewAccount();
        await account.Writes(await account.Reader("+12125550100"));
        await app.Pump();
        book.Add(new ProviderRecord("SMagain", TextNumbers.Development.Number, "+12125550100", ReceiptOutcome.Delivered, null, "", app.Clock.GetUtcNow()));
        app.Clock.Advance(TimeSpan.FromHours(1));
        var looked = await app.Services.GetRequiredService<ProviderLook>().Run(_ => app.Clock.GetUtcNow().AddDays(-1), default);
        Assert.Equal("scripted:SMagain", Assert.Single(looked.Strangers));
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_said_and_the_look_goes_on()
    {
        var book = new Book { Silent = true };
        await using var app = await Start(book);
        await app.NewAccount();
        Assert.Equal(0, await app.Services.GetRequiredService<StrangerWatch>().Look(default));
        Assert.Equal("scripted", await app.Ask<string>("select silent from messaging.transport_look"));
        app.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await app.Services.GetRequiredService<StrangerWatch>().Look(default));
        // Never heard, so it is asked as far back as the first time; once it is heard, from there.
        Assert.Equal(app.Clock.GetUtcNow() - ProviderLook.First, book.Since!.Value, TimeSpan.FromMinutes(1));
        Assert.Contains("scripted; asked again next night", (await (await OperatorStaff.At(app)).Get("")).Text, StringComparison.Ordinal);
    }

    private async Task<PluraApp> Start(Book book)
    {
        var texts = new ScriptedTexts { Answer = (to, _) => book.Take(to) };
        var app = await first.Another(services =>
        {
            services.RemoveAll<ITextTransport>();
            services.AddSingleton<ITextTransport>(texts);
            services.AddSingleton<IProviderRecords>(book);
        });
        book.Clock = app.Clock;
        return app;
    }

    private static async Task<(long, int, int)> Looked(PluraApp app)
    {
        var looked = await app.Services.GetRequiredService<ProviderLook>().Run(_ => app.Clock.GetUtcNow().AddDays(-1), default);
        Assert.Empty(looked.Silent);
        return (looked.Compared, looked.Receipts, looked.Strangers.Count);
    }

    /// <summary>A provider that names each message it takes and keeps them.</summary>
    private sealed class Book : IProviderRecords
    {
        private readonly List<ProviderRecord> all = [];

        public TimeProvider Clock { get; set; } = TimeProvider.System;

        /// <summary>It takes the message, and its answer does not reach us.</summary>
        public bool Lost { get; init; }

        public bool Silent { get; init; }

        public DateTimeOffset? Since { get; private set; }

        public string Name => "scripted";

        public HandOff Take(string to)
        {
            var id = $"SM{all.Count}";
            Add(new ProviderRecord(id, TextNumbers.Development.Number, to, null, null, "", Clock.GetUtcNow()));
            return Lost ? ScriptedTransport.Lost : ScriptedTransport.Accepted with { ProviderId = id };
        }

        public void Add(ProviderRecord record) => all.Add(record);

        /// <summary>The newest to this number never reached it.</summary>
        public void Drop(string to) => all.RemoveAt(all.FindLastIndex(r => r.To == to));

        public void Says(string to, ReceiptOutcome receipt, int? code = null, string words = "")
        {
            var index = all.FindIndex(r => r.To == to);
            all[index] = all[index] with { Receipt = receipt, Code = code, Words = words };
        }

        public async IAsyncEnumerable<IReadOnlyList<ProviderRecord>> Read(DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
        {
            await Task.Yield();
            Since = since;
            if (Silent)
                throw new TransportDownException("No answer.");
            yield return [.. all];
        }
    }
}

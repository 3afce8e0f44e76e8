using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Opportunities;
using Plura.Tests.Contacts;

namespace Plura.Tests.Opportunities;

/// <summary>What is taken back stands as it stood: all of it.</summary>
public sealed class UndoMoveTests(PluraApp app)
{
    [Fact]
    public async Task An_ending_by_mistake_is_taken_back_with_its_reason_and_the_day_it_had_before()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        await account.Mark(card, "lost", "The price");
        var (lost, closed) = (await Digest(account, card), (await account.Card(card))!.ClosedAt);
        Assert.NotNull(closed);
        var steps = await Steps(account, card);

        own.Clock.Advance(TimeSpan.FromDays(10));
        await account.Mark(card, "won");
        var (won, wonAt) = (await Digest(account, card), (await account.Card(card))!.ClosedAt);
        Assert.NotEqual(closed, wonAt);
        Assert.Null((await account.Undo(card)).Refusal);
        var back = (await account.Card(card))!;
        Assert.Equal(("lost", "The price", closed), (back.Status, back.Reason, back.ClosedAt));
        Assert.Equal(lost, await Digest(account, card));

        // To and fro, as often as one likes.
        own.Clock.Advance(TimeSpan.FromDays(1));
        await account.Undo(card);
        Assert.Equal(won, await Digest(account, card));
        await account.Mark(card, "open");
        Assert.Null((await account.Card(card))!.ClosedAt);
        await account.Undo(card);
        Assert.Equal(("won", wonAt), ((await account.Card(card))!.Status, (await account.Card(card))!.ClosedAt));
        Assert.Equal(won, await Digest(account, card));

        // The history only grew, and what somebody wrote of somebody stands nowhere in it.
        Assert.StartsWith(steps, await Steps(account, card), StringComparison.Ordinal);
        Assert.DoesNotContain("The price", await Steps(account, card), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_better_reason_for_the_same_ending_leaves_its_day()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        await account.Mark(card, "lost", "No idea");
        var closed = (await account.Card(card))!.ClosedAt;
        own.Clock.Advance(TimeSpan.FromDays(3));
        await account.Mark(card, "lost", "The price");
        Assert.Equal(("The price", closed), ((await account.Card(card))!.Reason, (await account.Card(card))!.ClosedAt));
        await account.Undo(card);
        Assert.Equal<(string, string?, DateTimeOffset?)>(("open", null, null), ((await account.Card(card))!.Status, (await account.Card(card))!.Reason, (await account.Card(card))!.ClosedAt));
        await account.Undo(card);
        Assert.Equal(("The price", closed), ((await account.Card(card))!.Reason, (await account.Card(card))!.ClosedAt));
    }

    [Fact]
    public async Task What_was_filled_in_with_a_move_goes_with_its_undo_and_what_somebody_changed_since_stays()
    {
        var account = await app.NewAccount();
        var (_, stages) = await account.Pipeline();
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var before = await Digest(account, card);
        await Fill(account, card, stages[3]);
        var after = await Digest(account, card);
        Assert.Null((await account.Undo(card)).Refusal);
        Assert.Equal(before, await Digest(account, card));
        Assert.Null((await account.Undo(card)).Refusal);
        Assert.Equal(after, await Digest(account, card));

        await account.Undo(card);
        await Fill(account, card, stages[3]);
        Assert.Null((await account.In(s => s.GetRequiredService<EditOpportunityHandler>().Handle(new EditOpportunity { Id = card, Value = "200" }, default))).Refusal);
        Assert.Null((await account.Undo(card)).Refusal);
        var back = (await account.Card(card))!;
        Assert.Equal<(Guid, long, DateOnly?, string)>((stages[0], 20000L, null, ""), (back.StageId, back.ValueMinor!.Value, back.CloseOn, back.Source));
    }

    [Fact]
    public async Task A_field_that_is_deleted_does_not_come_back_by_an_undo_and_no_stage_asks_for_it()
    {
        var account = await app.NewAccount();
        await account.In(s => s.GetRequiredService<KeepFieldHandler>().Handle(new KeepField { Entity = "opportunity", Label = "Insurance", Kind = "text", Privacy = "personal" }, default));
        var (_, stages) = await account.Pipeline();
        await account.StageAsks(stages[1], "fields.insurance", "value");
        var card = await account.Opportunity(await account.Create("Ann"), stages[0]);
        var move = new MoveOpportunity { Id = card, Stage = stages[1], Value = "5", Fields = { ["insurance"] = "Pays a part" } };
        Assert.Null((await account.In(s => s.GetRequiredService<MoveOpportunityHandler>().Handle(move, default))).Refusal);
        await account.Undo(card);
        Assert.Empty((await account.Card(card))!.Fields);
        Assert.Contains("Pays a part", await account.Ask<string>("select before::text from opportunities.opportunity"), StringComparison.Ordinal);

        var field = await account.Ask<Guid>("select id from contacts.custom_field where entity = 'opportunity'");
        Assert.Equal(0, (await account.In(s => s.GetRequiredService<DeleteFieldHandler>().Handle(new DeleteField { Id = field }, default))).Value);
        Assert.DoesNotContain("Pays a part", await account.Ask<string>("select before::text from opportunities.opportunity"), StringComparison.Ordinal);
        Assert.Equal("value", await account.Ask<string>("select needs from opportunities.stage where id = $1", stages[1]));
        Assert.Null((await account.Undo(card)).Refusal);
        Assert.Equal((stages[1], 500L), ((await account.Card(card))!.StageId, (await account.Card(card))!.ValueMinor!.Value));
        Assert.Empty((await account.Card(card))!.Fields);
    }

    private static async Task Fill(TestAccount account, Guid card, Guid stage) =>
        Assert.Null((await account.In(s => s.GetRequiredService<MoveOpportunityHandler>().Handle(new MoveOpportunity { Id = card, Stage = stage, Value = "100", CloseOn = "2027-01-10", Source = "Website" }, default))).Refusal);

    /// <summary>All of a card that an undo must bring back; its version only counts up.</summary>
    private static Task<string?> Digest(TestAccount account, Guid card) =>
        account.Ask<string>("select md5((to_jsonb(o) - 'version' - 'updated_at' - 'before')::text) from opportunities.opportunity o where id = $1", card);

    private static async Task<string> Steps(TestAccount account, Guid card) =>
        (await account.Ask<string>("select string_agg(to_jsonb(s)::text, '|' order by number) from opportunities.opportunity_step s where opportunity_id = $1", card))!;
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Platform.Outbox;

namespace Plura.Tests.Platform;

public sealed class OutboxTests(PluraApp first)
{
    [Fact]
    public async Task Work_that_fails_eight_times_waits_for_a_person_and_says_why_without_anybodys_data()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await app.HideOperator();
        await account.AskForLetter();
        await app.TryUntilGivenUp();
        var dead = Assert.Single(await Letters(account));
        Assert.NotNull(dead.DeadAt);
        Assert.Equal(Dispatcher.MostAttempts, dead.Attempts);
        var failure = Failure.Read(dead.LastError!);
        Assert.Equal("fault", failure.Code);
        Assert.Equal("InvalidOperationException in Plura.Messaging.SendSystemLetterHandler.Run", failure.Detail);
    }

    [Fact]
    public async Task What_a_person_has_tried_again_is_done_at_once()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await app.HideOperator();
        await account.AskForLetter();
        await app.TryUntilGivenUp();
        await app.ShowOperator();
        await account.In(services => services.GetRequiredService<DeadLetters>().Again(null, default));
        await account.Work(mayFail: true);
        Assert.Empty(await Letters(account));
        Assert.Equal(1, await Sent(app));
    }

    [Fact]
    public async Task Work_that_ends_the_process_every_time_is_not_begun_a_ninth_time()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.AskForLetter();
        // Claimed for the eighth time by a process that is gone: nobody holds the lock of that number.
        await app.Do("update platform.outbox_message set attempts = 8, node = -1");
        await account.Work(mayFail: true);
        var dead = Assert.Single(await Letters(account));
        Assert.NotNull(dead.DeadAt);
        Assert.Equal(Failure.Interrupted, Failure.Read(dead.LastError!));
        Assert.Equal(0, await Sent(app));
    }

    [Fact]
    public async Task A_stop_gives_back_what_was_not_done_and_counts_no_try()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        for (var letter = 0; letter < 10; letter++)
            await account.AskForLetter();
        // The first four wait for this table; the other six were claimed with them and wait for their turn.
        await Held(app, waiting: 4, () => Task.CompletedTask);
        Assert.Equal(10, await app.Ask<long>("select count(*) from platform.outbox_message where node is null and attempts = 0 and last_error is null"));
    }

    [Fact]
    public async Task One_piece_of_work_does_not_wait_for_the_many_of_another_account()
    {
        await using var app = await first.Another();
        var (busy, quiet) = (await app.NewAccount(), await app.NewAccount());
        await app.Work();
        for (var letter = 0; letter < 40; letter++)
            await busy.AskForLetter();
        await quiet.AskForLetter();
        await Held(app, waiting: 1, async () => Assert.Equal((1L, true), (await Claimed(quiet), await Claimed(busy) is > 0 and < 40)));

        Task<long> Claimed(TestAccount account) => app.Ask<long>("select count(*) from platform.outbox_message where tenant_id = $1 and node is not null", account.Id);
    }

    [Fact]
    public async Task A_dead_message_stays_with_its_account()
    {
        await using var app = await first.Another();
        var (one, two) = (await app.NewAccount(), await app.NewAccount());
        await app.HideOperator();
        await one.AskForLetter();
        await app.TryUntilGivenUp();
        Assert.Empty(await Letters(two));
        var theirs = Assert.Single(await Letters(one)).Id;
        Assert.Empty(await two.In(services => services.GetRequiredService<DeadLetters>().Again(theirs, default)));
        Assert.NotNull(Assert.Single(await Letters(one)).DeadAt);
    }

    [Theory]
    [InlineData(typeof(IOException), "file")]
    [InlineData(typeof(TimeoutException), "time")]
    [InlineData(typeof(HttpRequestException), "network")]
    [InlineData(typeof(System.Text.Json.JsonException), "unknown_work")]
    [InlineData(typeof(FormatException), "fault")]
    public void A_reason_is_a_word_and_never_the_exceptions_text(Type type, string code)
    {
        var failure = Failure.Of(new InvalidOperationException("ann@people.example", (Exception)Activator.CreateInstance(type, "ann@people.example")!));
        Assert.Equal(code, failure.Code);
        Assert.Equal($"InvalidOperationException > {type.Name}", failure.Detail);
        Assert.Equal(failure, Failure.Read(failure.ToString()));
    }

    [Fact]
    public void A_full_disk_is_the_databases_trouble_and_a_broken_rule_is_ours()
    {
        Assert.Equal("database", Failure.Of(new DbUpdateException("", new PostgresException("ann@people.example", "ERROR", "ERROR", "53100"))).Code);
        var rule = Failure.Of(new PostgresException("ann@people.example", "ERROR", "ERROR", "23505", constraintName: "send_once"));
        Assert.Equal(("fault", "PostgresException 23505 send_once"), (rule.Code, rule.Detail));
    }

    /// <summary>Runs what is due while no letter can be written: what was claimed stays where it is, is looked at, and then the run is told to stop.</summary>
    private static async Task Held(PluraApp app, int waiting, Func<Task> look)
    {
        using var stop = new CancellationTokenSource();
        await using var holder = await app.OpenOwner();
        await using var holding = await holder.BeginTransactionAsync();
        await holder.Do("lock table messaging.posted_letter in access exclusive mode");
        var running = app.Services.GetRequiredService<Dispatcher>().RunDue(stop.Token);
        await app.Waiting(waiting);
        await look();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await holding.RollbackAsync();
    }

    private static Task<IReadOnlyList<OutboxMessage>> Letters(TestAccount account) => account.In(services => services.GetRequiredService<DeadLetters>().List(100, default));

    /// <summary>The letter that was asked for; the owner also gets a letter about what failed.</summary>
    private static Task<long> Sent(PluraApp app) =>
        app.Ask<long>("select count(*) from messaging.send s join messaging.posted_letter l on l.point_id = s.contact_point_id where l.kind = 'already_registered'");
}

using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>
/// Gathers what all waiting workers want and commits it together: one transaction per account and round. While one commits, the
/// next requests gather; a lone worker waits for nobody.
/// </summary>
public sealed class GroupCommitter(NpgsqlDataSource database, IServiceScopeFactory scopes, string? transport, TimeProvider clock, Aftermath aftermath, Action<SendOutcome> unwritten, Action<Exception> failed)
{
    private const int MostPerRound = 128;
    private readonly Channel<Request> requests = Channel.CreateUnbounded<Request>();

    /// <summary>Some wanted row was not to be had; it may still be claimed.</summary>
    public bool Skipped { get; private set; }

    /// <summary>Commits the outcome and asks for the next intent; null means that this item must not be begun.</summary>
    public Task<GateDecision?> Ask(SendOutcome? done, SendItem next) => Put(new Request(next.Lane, next.Row.Node, done, next, null));

    public Task Report(SendOutcome done) => Put(new Request(done.Item.Lane, done.Item.Row.Node, done, null, null));

    public Task Return(PutBack back) => Put(new Request(back.Item.Lane, back.Item.Row.Node, null, null, back));

    public void Complete() => requests.Writer.TryComplete();

    public async Task Run()
    {
        await using var connection = new CommitConnection(database);
        var gathered = new List<Request>(MostPerRound);
        while (await requests.Reader.WaitToReadAsync())
        {
            while (gathered.Count < MostPerRound && requests.Reader.TryRead(out var request))
                gathered.Add(request);
            foreach (var group in gathered.GroupBy(r => (r.Lane.TenantId, r.Node)))
                await Commit(connection, [.. group]);
            gathered.Clear();
        }
    }

    private Task<GateDecision?> Put(Request request)
    {
        if (!requests.Writer.TryWrite(request))
            throw new InvalidOperationException("The committer has ended.");
        return request.Answer.Task;
    }

    private async Task Commit(CommitConnection connection, List<Request> group)
    {
        var wanted = group.Where(r => r.Wanted is not null).Select(r => r.Wanted!).ToList();
        var outcomes = group.Where(r => r.Done is not null).Select(r => r.Done!).ToList();
        Round? round = null;
        try
        {
            round = new Round(await connection.Open(), group[0].Lane, transport, clock.GetUtcNow())
            {
                Outcomes = outcomes,
                PutBacks = [.. group.Where(r => r.Back is not null).Select(r => r.Back!)],
                Wanted = wanted,
            };
            await round.Commit(scopes, CancellationToken.None);
        }
        catch (Exception error)
        {
            outcomes.ForEach(unwritten);
            // The commit may have been done although its answer was lost. None of these was begun, and we know it.
            if (round is { CommitBegun: true })
                wanted.ForEach(i => unwritten(Outcomes.NotBegun(i, clock.GetUtcNow())));
            failed(error);
            group.ForEach(r => r.Answer.TrySetException(new SendingStoppedException(error)));
            await connection.Break();
            return;
        }

        Skipped |= round.Skipped;
        foreach (var request in group)
            request.Answer.TrySetResult(request.Wanted is { } item ? round.Allowed.GetValueOrDefault(item.Row.Id) : null);
        await aftermath.Note(round);
    }

    private sealed record Request(TenantLane Lane, int Node, SendOutcome? Done, SendItem? Wanted, PutBack? Back)
    {
        // The worker goes on elsewhere: the committer's loop must not run its SMTP.
        public TaskCompletionSource<GateDecision?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>The connection of a committer: kept open so that its statements stay prepared, thrown away after a failure.</summary>
internal sealed class CommitConnection(NpgsqlDataSource database) : IAsyncDisposable
{
    private NpgsqlConnection? connection;

    public async Task<NpgsqlConnection> Open()
    {
        if (connection is not null)
            return connection;
        connection = await database.OpenConnectionAsync();
        // Every statement of a round, and every foreign key it checks, finds its rows by key. A plan made while a table is still small
        // would read it whole, and PostgreSQL keeps such a plan while the first campaign makes the table large.
        await using var byKey = new NpgsqlCommand("set enable_seqscan = off", connection);
        await byKey.ExecuteNonQueryAsync();
        return connection;
    }

    public async Task Break()
    {
        if (connection is not { } broken)
            return;
        connection = null;
        await broken.DisposeAsync();   // Going back to the pool rolls back what is open.
    }

    public async ValueTask DisposeAsync() => await Break();
}

/// <summary>The database did not take a round: nothing more may be begun in this run.</summary>
public sealed class SendingStoppedException(Exception inner) : Exception("The send ledger could not be written.", inner);

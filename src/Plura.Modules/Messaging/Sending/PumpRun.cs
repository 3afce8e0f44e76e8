using System.Threading.Channels;
using Plura.Contacts.Contracts;

namespace Plura.Messaging;

/// <summary>
/// One run: a feeder claims, composers write letters ahead, one worker per connection sends. A bounded channel between them keeps
/// what is claimed and not yet sent small.
/// </summary>
internal sealed class PumpRun : IAsyncDisposable
{
    private readonly PumpParts parts;
    private readonly GroupCommitter committer;
    private readonly Channel<SendItem> drafts;
    private readonly Channel<SendItem> ready;
    private readonly Dictionary<Guid, TenantLane> lanes = [];
    private readonly HashSet<DispatchKey> touched = [];
    private readonly Guid? carrier;
    private readonly CancellationTokenSource stop = new();
    private Exception? failure;
    private int handed;

    public PumpRun(PumpParts parts, Action<SendOutcome> unwritten)
    {
        this.parts = parts;
        // A mailbox's domain asks for patience; where texts go, their carrier does.
        carrier = parts.Channel == Privacy.Contracts.Channels.Sms ? Destinations.Key($"sms@{parts.Transport?.Name}") : null;
        committer = new GroupCommitter(parts.Database, parts.Scopes, parts.Transport?.Name, parts.Clock, parts.Aftermath, unwritten, Fail);
        drafts = Channel.CreateBounded<SendItem>(Connections * 2);
        ready = Channel.CreateBounded<SendItem>(Connections * 2);
    }

    /// <summary>No session could be opened; nothing more was begun.</summary>
    public bool TransportDown { get; private set; }

    /// <summary>Every claimed send was brought to a state of its own.</summary>
    public bool Clean { get; private set; }

    private int Connections => parts.Transport?.Connections ?? 4;

    public async Task<int> Go(CancellationToken ct)
    {
        await using var stopping = ct.Register(stop.Cancel);
        var committing = committer.Run();   // One: while it commits, the next round gathers. Two would halve the rounds' size and double their cost.
        var working = Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Quietly(Work)));
        var composing = Quietly(ComposeAll);
        await Quietly(Feed);
        drafts.Writer.TryComplete();
        await composing;
        ready.Writer.TryComplete();
        await working;
        committer.Complete();
        await committing;
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        Clean = !stop.IsCancellationRequested && !committer.Skipped;
        foreach (var dispatch in touched)
        {
            await parts.Aftermath.Flush(dispatch);
            await parts.Finishing.Try(dispatch, CancellationToken.None);
            await parts.Ring.Last(dispatch, CancellationToken.None);
        }

        return handed;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes.Values)
            await lane.DisposeAsync();
        stop.Dispose();
    }

    private async Task Feed()
    {
        while (!stop.IsCancellationRequested && await parts.Claims.Next(stop.Token) is { } turn)
        {
            touched.Add(turn.Dispatch);
            if (turn.Rows.Count == 0)
                continue;
            try
            {
                await Prepare(turn);
            }
            catch (Exception error) when (error is not OperationCanceledException && !DatabaseTrouble(error))
            {
                // One account's broken letter must not hold up the others.
                ChannelPump.NotPrepared(parts.Log, error, turn.Dispatch.Origin, turn.Dispatch.OriginId);
                await parts.Pause.Run(turn.Dispatch, "The letter could not be prepared. Check its text and merge fields, then resume.", CancellationToken.None);
            }
        }
    }

    private async Task Prepare(Turn turn)
    {
        if (!lanes.TryGetValue(turn.Dispatch.TenantId, out var lane))
            lanes[turn.Dispatch.TenantId] = lane = await TenantLane.Enter(parts.Scopes, turn.Dispatch.TenantId, parts.Channel, stop.Token);
        else
            await lane.Look(stop.Token);
        await parts.Destinations.Refresh(stop.Token);
        IReadOnlyDictionary<Guid, Recipient> recipients;
        await using (var connection = await parts.Database.OpenConnectionAsync(stop.Token))
        {
            await using (var enter = Platform.TenantConnections.Set(connection, lane.TenantId))
                await enter.ExecuteNonQueryAsync(stop.Token);
            recipients = await lane.Recipients(connection, turn.Dispatch, [.. turn.Rows.Select(r => r.ContactPointId)], stop.Token);
        }

        var items = new List<SendItem>(turn.Rows.Count);
        foreach (var row in turn.Rows)
        {
            var template = await lane.Template(row.ContentId, stop.Token);
            var recipient = recipients.GetValueOrDefault(row.ContactPointId);
            var domain = recipient is null ? Guid.Empty : carrier ?? Destinations.Key(recipient.Address, template.Category == Privacy.Contracts.Categories.Marketing);
            items.Add(new SendItem(lane, turn.Dispatch, row, template, recipient, null, domain));
        }

        var waits = carrier is null ? [] : await NumberTurn.Prepare(parts.Database, parts.Paces, lane, items, parts.Transport?.Name, stop.Token);
        var waiting = new List<Task>(waits.Count);
        foreach (var item in items)
        {
            if (waits.TryGetValue(item.Row.Id, out var wait))
                waiting.Add(committer.Return(new PutBack(item, SendStates.Deferred, wait.Reason, wait.Due, null)));
            else
                await drafts.Writer.WriteAsync(item, stop.Token);
        }

        await Task.WhenAll(waiting);
    }

    private Task ComposeAll() => Parallel.ForEachAsync(
        drafts.Reader.ReadAllAsync(stop.Token),
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop.Token },
        async (item, ct) => await ready.Writer.WriteAsync(Compose(item), ct));

    private SendItem Compose(SendItem item)
    {
        if (item.Recipient is not { } recipient)
            return item;
        try
        {
            return item with { Message = item.Template.Compose(new SendToWrite(item.Row.Id, item.Row.MessageId, item.Row.ContactPointId, recipient, parts.Clock.GetUtcNow())) };
        }
        catch (Exception error)
        {
            ChannelPump.NotWritten(parts.Log, error, item.Row.Id);
            return item;
        }
    }

    /// <summary>One connection's life: commit what was done together with the intent for what is next, then hand that over.</summary>
    private async Task Work()
    {
        ITransportSession? session = null;
        SendOutcome? done = null;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (!ready.Reader.TryRead(out var item))
                {
                    if (done is not null)
                        await Report();
                    else if (!await ready.Reader.WaitToReadAsync(stop.Token))
                        break;
                    continue;
                }

                if (await NotToBegin(item))
                    continue;
                if (parts.Sessions is not null && (session is null || !session.Usable))
                {
                    if (session is not null)
                        await session.DisposeAsync();
                    session = null;
                    session = await parts.Sessions.Take(stop.Token);
                }

                if (done is not null && done.Item.Lane != item.Lane)
                    await Report();   // At most one intent without a recorded answer per connection, across accounts too.
                var finished = done;
                done = null;
                if (await committer.Ask(finished, item) is { } allow)
                    done = await HandOver(session!, item, allow);
            }
        }
        catch (TransportDownException error)
        {
            TransportDown = true;
            ChannelPump.Down(parts.Log, error, parts.Channel);
            await stop.CancelAsync();
        }
        finally
        {
            if (session is not null)
                await parts.Sessions!.Give(session);
            if (done is not null)
                await Report();
        }

        async Task Report()
        {
            var finished = done!;
            done = null;
            await committer.Report(finished);
        }
    }

    /// <summary>Gives back what must wait for its receiver, and ends what could not be written.</summary>
    private async Task<bool> NotToBegin(SendItem item)
    {
        if (item.Recipient is null)
            return false;   // The gate says so, with its reasons.
        if (item.Message is null)
        {
            await committer.Return(new PutBack(item, SendStates.Bounced, "not_written", null, null));
            return true;
        }

        if (parts.Destinations.WaitUntil(item.Domain, parts.Clock.GetUtcNow()) is not { } until)
            return false;
        await committer.Return(new PutBack(item, SendStates.Deferred, "receiver_busy", until + TimeSpan.FromSeconds(Random.Shared.Next(0, 60)), null));
        return true;
    }

    private async Task<SendOutcome> HandOver(ITransportSession session, SendItem item, Privacy.Contracts.GateDecision allow)
    {
        HandOff answer;
        try
        {
            // Not the run's token: what has begun is brought to its end.
            Task<HandOff> Send() => session.Send(AuthorizedMessage.From(allow, item.Lane.TenantId, item.Message!), CancellationToken.None);
            answer = HeldHandOff.Concerns(item) ? await HeldHandOff.Send(parts.Database, item, parts.Transport?.Name, Send) : await Send();
            Interlocked.Increment(ref handed);
        }
        catch (Exception error)
        {
            ChannelPump.Broke(parts.Log, error, item.Row.Id);
            answer = new HandOff(HandOffOutcome.Unknown, null, null, "");
        }

        return Outcomes.Of(item, answer, parts.Clock.GetUtcNow());
    }

    /// <summary>Entity Framework wraps a lost connection; the letter is not to blame for it.</summary>
    private static bool DatabaseTrouble(Exception? error) => error is not null && (error is Npgsql.NpgsqlException || DatabaseTrouble(error.InnerException));

    private void Fail(Exception error)
    {
        Interlocked.CompareExchange(ref failure, error, null);
        stop.Cancel();
    }

    /// <summary>Runs a part on its own; the first failure stops the run and is thrown at its end.</summary>
    private async Task Quietly(Func<Task> part)
    {
        await Task.Yield();
        try
        {
            await part();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop: what is claimed is given back at the end.
        }
        catch (SendingStoppedException)
        {
            // The committer has noted the cause.
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Platform;

namespace Plura.Privacy;

public enum EvidenceState
{
    /// <summary>Looked at, and all as it should be.</summary>
    Holds,

    /// <summary>Looked at, and not so.</summary>
    Fails,

    /// <summary>Nothing to look at yet: proves nothing.</summary>
    NotExercised,

    /// <summary>The look itself failed.</summary>
    Unknown,

    /// <summary>Nothing looks.</summary>
    Unchecked,

    /// <summary>A warning, of which no check is possible.</summary>
    Warning,
}

/// <param name="Figure">A sentence with failures and population; null where nothing looks.</param>
public sealed record Evidence(EvidenceState State, string? Figure, DateTimeOffset? At)
{
    public static readonly Evidence None = new(EvidenceState.Unchecked, null, null);
}

/// <summary>Runs the checks, at most once a minute however many people read the page, and says what each sentence's state is.</summary>
public sealed partial class PolicyEvidence(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PolicyEvidence> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim looking = new(1, 1);
    private (IReadOnlyDictionary<string, Evidence> Found, DateTimeOffset Until)? last;

    public async Task<IReadOnlyDictionary<string, Evidence>> Look(CancellationToken ct)
    {
        await looking.WaitAsync(ct);
        try
        {
            if (last is not { } known || known.Until <= clock.GetUtcNow())
                last = known = (await Run(ct), clock.GetUtcNow() + Kept);
            return known.Found;
        }
        finally
        {
            looking.Release();
        }
    }

    public static Evidence Of(PolicySentence sentence, IReadOnlyDictionary<string, Evidence> found) =>
        found.GetValueOrDefault(sentence.Id)
        ?? (sentence.Kind == SentenceKinds.Disclaimer ? new Evidence(EvidenceState.Warning, null, null) : Evidence.None);

    private async Task<IReadOnlyDictionary<string, Evidence>> Run(CancellationToken ct)
    {
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        await using var scope = scopes.CreateAsyncScope();
        foreach (var check in scope.ServiceProvider.GetServices<IPolicyCheck>())
        {
            var evidence = await Look(check, ct);
            foreach (var sentence in check.Sentences)
            {
                // Where two checks answer for one sentence, the worse counts.
                if (!found.TryGetValue(sentence, out var other) || Gravity(evidence) > Gravity(other))
                    found[sentence] = evidence;
            }
        }

        return found;
    }

    private async Task<Evidence> Look(IPolicyCheck check, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        try
        {
            var (failures, population) = await check.Look(ct);
            var state = failures > 0 ? EvidenceState.Fails : population == 0 ? EvidenceState.NotExercised : EvidenceState.Holds;
            return new Evidence(state, $"{Shown(failures, check)} of {Shown(population, check)} {check.Counts}", now);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Failed(log, error, check.GetType().Name);
            return new Evidence(EvidenceState.Unknown, null, now);
        }
    }

    private static int Gravity(Evidence evidence) => evidence.State switch
    {
        EvidenceState.Fails => 3,
        EvidenceState.Unknown => 2,
        EvidenceState.NotExercised => 1,
        _ => 0,
    };

    private static string Shown(long count, IPolicyCheck check) => check.CountsPeople && count is > 0 and < 5 ? "fewer than 5" : Plura.Ui.Say.Number(count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The policy check {Check} could not look")]
    private static partial void Failed(ILogger logger, Exception error, string check);
}

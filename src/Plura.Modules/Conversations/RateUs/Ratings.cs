using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <param name="Asked">How many were asked.</param>
/// <param name="Answers">How many answered.</param>
/// <param name="Happy">How many of them gave four or five.</param>
public sealed record RatingScores(int Asked, int Answers, int Happy);

/// <summary>What somebody answered.</summary>
/// <param name="Score">From one to five.</param>
/// <param name="Comment">What they wrote with it; null for nothing, and where it cannot be read any more.</param>
public sealed record RatingView(Guid Id, int Score, string? Comment, DateTimeOffset At);

/// <summary>Asks people how it was, and counts what they say.</summary>
public sealed class Ratings(PluraDb db, IAccountDirectory accounts, AnswerWriter writer, MessageSeal seal, IAgencyBrands brands, TimeProvider clock)
{
    /// <summary>How long after it was closed.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Seldom = TimeSpan.FromDays(30);
    private const int TokenBytes = 24;

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));

    /// <summary>Asks, where it is still closed, the contact wrote in it, and they were not asked lately.</summary>
    public async Task Ask(Guid conversation, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now - Seldom;
        if (!await db.InboxSettings.AnyAsync(s => s.Ask, ct)
            || await db.FindConversation(conversation, ct) is not { Ok: true, Value: { State: ConversationStates.Closed, LastInboundAt: not null } closed }
            || closed.Channel == Privacy.Contracts.Channels.Chat && await db.LastVisitor(closed.Id, ct) is { AnswerPointId: null }
            || !await db.Messages.AnyAsync(m => m.ConversationId == conversation && m.Direction == Directions.Out && m.AuthorId != null, ct)
            || await db.Ratings.AnyAsync(r => r.SubjectId == closed.ContactId && r.AskedAt > since, ct))
            return;
        var account = await accounts.Account(db.Tenant.Id, ct) ?? throw new InvalidOperationException("The account of this job does not exist.");
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Ratings.Add(Rating.Asked(Guid.CreateVersion7(now), closed, Hash(token), now));
        var text = $"How was it? One press tells us: {await brands.Home(db.Tenant.Id, ct)}/rate/{account.Slug}/{token}";
        if ((await writer.ByRule(closed, text, ct)).Ok)
            await transaction.CommitAsync(ct);
    }

    /// <summary>What was said in a conversation, the first first.</summary>
    public async Task<IReadOnlyList<RatingView>> Of(Guid conversation, CancellationToken ct)
    {
        var said = new List<RatingView>();
        foreach (var rating in await db.Ratings.AsNoTracking().Where(r => r.ConversationId == conversation && r.Score != null).OrderBy(r => r.AnsweredAt).ToListAsync(ct))
            said.Add(new RatingView(rating.Id, rating.Score!.Value, rating.Sealed is { } words ? (await seal.Open(rating.SubjectId, rating.Id, words, ct))?.Text : null, rating.AnsweredAt!.Value));
        return said;
    }

    public static string Words(int score) => score switch { 5 => "Very satisfied", 4 => "Satisfied", 3 => "Neither satisfied nor not", 2 => "Not satisfied", _ => "Not at all satisfied" };

    public async Task<RatingScores> Scores(CancellationToken ct)
    {
        var since = clock.GetUtcNow() - TimeSpan.FromDays(90);
        var scores = await db.Ratings.Where(r => r.AskedAt > since).Select(r => r.Score).ToListAsync(ct);
        return new RatingScores(scores.Count, scores.Count(s => s is not null), scores.Count(s => s >= 4));
    }
}

/// <summary>Asks how it was.</summary>
public sealed record AskRating(Guid ConversationId) : IJob;

[Work("Asking somebody how it was", Page = "conversations/{ConversationId}")]
public sealed class AskRatingHandler(Ratings ratings) : IJobHandler<AskRating>
{
    public Task Run(AskRating job, CancellationToken ct) => ratings.Ask(job.ConversationId, ct);
}

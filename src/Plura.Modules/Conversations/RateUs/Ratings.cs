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

/// <summary>Asks people how it was, and counts what they say.</summary>
public sealed class Ratings(PluraDb db, IAccountDirectory accounts, AnswerWriter writer, IAgencyBrands brands, TimeProvider clock)
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

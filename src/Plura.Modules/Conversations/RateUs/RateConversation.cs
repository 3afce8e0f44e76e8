using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Somebody says how it was. They may change their mind for thirty days.</summary>
public sealed record RateConversation
{
    [Required]
    public string Account { get; set; } = "";

    [Required]
    public string Token { get; set; } = "";

    [Range(1, 5, ErrorMessage = "Choose one of the five.")]
    public int Score { get; set; }

    [StringLength(2_000, ErrorMessage = "Please write at most 2,000 characters.")]
    public string? Comment { get; set; }
}

public sealed class RateConversationHandler(PluraDb db, Tenant tenant, IAccountDirectory accounts, MessageSeal seal, INotices notices, ConversationNews news, TimeProvider clock)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(30);

    public static Refusal Over => Refusal.NotFound("rating.over", "This question does not stand any more. Thank you all the same.");

    public async Task<Result> Handle(RateConversation command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await Find(command.Account, command.Token, ct) is not { } rating)
            return Over;
        var now = clock.GetUtcNow();
        var comment = string.IsNullOrWhiteSpace(command.Comment) ? null : await seal.Seal(rating.SubjectId, rating.Id, new MessageText("", MessageText.Typed(command.Comment).Trim()), ct);
        rating.Answer(command.Score, comment, now);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.SaveChangesAsync(ct);
        // Whoever looks after it; where nobody does, all who may read it. What was said stands in the conversation.
        var assignee = await db.Conversations.Where(c => c.Id == rating.ConversationId).Select(c => c.AssigneeId).SingleAsync(ct);
        await notices.PostAbout(new NoticeAbout(ConversationNotices.Rated, "{about} says how it was with you.", ConversationNotices.Thing, rating.ConversationId) { User = assignee }, ct);
        await news.Ring(rating.ConversationId, ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }

    /// <summary>Enters the account; null where there is no such question.</summary>
    public async Task<Rating?> Find(string account, string token, CancellationToken ct)
    {
        if (await accounts.AccountBySlug(account, ct) is not { Closed: false } card)
            return null;
        tenant.Enter(card.Id);
        var hash = Ratings.Hash(token);
        var since = clock.GetUtcNow() - Lasts;
        return await db.Ratings.SingleOrDefaultAsync(r => r.TokenHash == hash && r.AskedAt > since, ct);
    }
}

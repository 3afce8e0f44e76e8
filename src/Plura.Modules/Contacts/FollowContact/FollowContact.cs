using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Puts somebody of the account among those who want to know what becomes of a contact.</summary>
public sealed record FollowContact
{
    public const int Most = 50;

    public Guid Id { get; set; }

    /// <summary>A user's id.</summary>
    public Guid User { get; set; }
}

public sealed class FollowContactHandler(PluraDb db, Assignees assignees, TimeProvider clock)
{
    public async Task<Result> Handle(FollowContact command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if ((await assignees.Everybody(ct)).All(p => p.Id != command.User))
            return Refusal.Invalid("follower.unknown", "This person does not belong to the account. Choose somebody who does.", nameof(command.User));
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await ContactRows.ToChange(db, command.Id, ct) is null)
            return ReadContact.Missing;
        var followers = await db.ContactFollowers.Where(f => f.ContactId == command.Id).Select(f => f.UserId).ToListAsync(ct);
        if (followers.Contains(command.User))
            return Result.Done;
        if (followers.Count >= FollowContact.Most)
            return Refusal.Limit("follower.limit", $"A contact has at most {FollowContact.Most} followers.");
        db.ContactFollowers.Add(ContactFollower.New(command.Id, command.User, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

/// <summary>Takes somebody from among them.</summary>
public sealed record UnfollowContact
{
    public Guid Id { get; set; }

    /// <summary>A user's id; also of somebody who has left.</summary>
    public Guid User { get; set; }
}

public sealed class UnfollowContactHandler(PluraDb db)
{
    public async Task<Result> Handle(UnfollowContact command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await ContactRows.ToChange(db, command.Id, ct) is null)
            return ReadContact.Missing;
        if (await db.ContactFollowers.SingleOrDefaultAsync(f => f.ContactId == command.Id && f.UserId == command.User, ct) is { } follower)
            db.ContactFollowers.Remove(follower);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Result.Done;
    }
}

public static class FollowContactEndpoint
{
    public static void MapFollowContact(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/contacts/{id:guid}/followers", async (Guid id, FollowContact command, FollowContactHandler handler, ReadContact contacts, CancellationToken ct) =>
            await (await handler.Handle(command with { Id = id }, ct)).AnswerWith(() => contacts.One(id, ct))).RequirePermission("contacts.edit").WithName("FollowContact");
        routes.MapDelete("/api/v1/contacts/{id:guid}/followers/{user:guid}", async (Guid id, Guid user, UnfollowContactHandler handler, CancellationToken ct) =>
            (await handler.Handle(new UnfollowContact { Id = id, User = user }, ct)).Answer())
            .RequirePermission("contacts.edit").WithName("UnfollowContact");
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Keeps an account's set-up as it is now.</summary>
public sealed record SaveSnapshot
{
    /// <summary>At an agency's desk: of which of its accounts. Inside an account it is that one.</summary>
    public Guid? AccountId { get; set; }

    [Required(ErrorMessage = "Give the snapshot a name."), StringLength(100, ErrorMessage = "A snapshot's name has at most 100 characters.")]
    public string Name { get; set; } = "";
}

public sealed class SaveSnapshotHandler(PluraDb db, CurrentAgency agency, SnapshotShelf shelf, SnapshotReach reach, IEnumerable<ISnapshotPart> parts)
{
    public async Task<Result<Guid>> Handle(SaveSnapshot command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (agency.Current is not null && command.AccountId is null)
            return Refusal.Invalid("snapshot.account", "Choose an account.", nameof(command.AccountId));
        var setUp = agency.Current is null
            ? await SetUp.Of(parts, ct)
            : await reach.In<SetUp>(command.AccountId!.Value, async inside =>
            {
                inside.GetRequiredService<IAudit>().Note("account.save_snapshot", null);
                await inside.GetRequiredService<PluraDb>().SaveChangesAsync(ct);
                return await SetUp.Of(inside.GetServices<ISnapshotPart>(), ct);
            }, ct);
        return await Keep(setUp, command.Name, ct);
    }

    private async Task<Result<Guid>> Keep(Result<SetUp> setUp, string name, CancellationToken ct)
    {
        if (setUp.Refusal is { } refused)
            return refused;
        var added = await shelf.Add(name, setUp.Value, ct);
        if (added.Ok)
            await db.SaveChangesAsync(ct);
        return added;
    }
}

/// <summary>Puts a file on the shelf that was downloaded somewhere, here or in another installation.</summary>
public sealed record UploadSnapshot
{
    [StringLength(100, ErrorMessage = "A snapshot's name has at most 100 characters.")]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Choose a file."), KeepBlanks]
    public string Text { get; set; } = "";
}

public sealed class UploadSnapshotHandler(PluraDb db, SnapshotShelf shelf, IEnumerable<ISnapshotPart> parts)
{
    public async Task<Result<Guid>> Handle(UploadSnapshot command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var read = SetUp.Parse(command.Text, parts);
        if (read.Refusal is { } refused)
            return refused;
        var added = await shelf.Add(command.Name ?? "Uploaded", read.Value, ct);
        if (added.Ok)
            await db.SaveChangesAsync(ct);
        return added;
    }
}

/// <summary>Takes a snapshot off the shelf. What was stamped by it stays.</summary>
public sealed record DeleteSnapshot
{
    public Guid Id { get; set; }
}

public sealed class DeleteSnapshotHandler(PluraDb db, SnapshotShelf shelf)
{
    public async Task<Result> Handle(DeleteSnapshot command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (!await shelf.Remove(command.Id, ct))
            return SnapshotShelf.Missing;
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

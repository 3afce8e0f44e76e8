using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Makes a smart list, or changes one: who is in it, what is shown of them, and for whom it is.</summary>
public sealed record KeepList
{
    /// <summary>Null for a new one.</summary>
    public Guid? Id { get; set; }

    [Required(ErrorMessage = "Give the list a name."), StringLength(100, ErrorMessage = "A list's name has at most 100 characters.")]
    public string Name { get; set; } = "";

    public ContactFilter Filter { get; set; } = ContactFilter.Everyone;

    /// <summary>What stands beside the name, by the words of <see cref="ListColumns"/>; empty for the usual ones.</summary>
    public IReadOnlyList<string> Columns { get; set; } = [];

    /// <summary><c>newest</c>, <c>changed</c> or <c>name</c>.</summary>
    [RegularExpression("name|newest|changed", ErrorMessage = "Contacts can be sorted by “name”, “newest” or “changed”.")]
    public string Sort { get; set; } = "newest";

    /// <summary>Only for whoever makes it.</summary>
    public bool OnlyMine { get; set; }

    /// <summary>The version that the editor saw; where it is given and somebody changed the list since, nothing is overwritten.</summary>
    public int? Seen { get; set; }
}

public sealed class KeepListHandler(PluraDb db, Filters filters, ListColumns columns, IAudit audit, Actor actor, TimeProvider clock)
{
    public const int Most = 500;

    public async Task<Result<Guid>> Handle(KeepList command, CancellationToken ct)
    {
        if ((command.Invalid() ?? ContactInput.Check(command.Name)) is { } invalid)
            return invalid;
        if ((await filters.Compile(command.Filter, "filter", 0, ct)).Refusal is { } refusal)
            return refusal;
        if (await columns.Check(command.Columns, ct) is { } unknown)
            return unknown;
        var normal = SmartList.NameOf(command.Name);
        if (await db.SmartLists.AnyAsync(s => s.Normal == normal && s.Id != command.Id && s.RemovedAt == null, ct))
            return Taken;
        SmartList? list;
        if (command.Id is { } id)
        {
            list = await db.SmartLists.SingleOrDefaultAsync(s => s.Id == id && s.RemovedAt == null, ct);
            if (list is null || !list.IsFor(actor))
                return ReadLists.Missing;
            if (command.Seen is { } seen && seen != list.Version)
                return Changed;
            list.Change(command.Name, command.Filter.Json());
        }
        else
        {
            if (await db.SmartLists.CountAsync(s => s.RemovedAt == null, ct) >= Most)
                return Refusal.Limit("list.limit", $"There can be at most {Most} smart lists. Delete some that nobody uses.");
            list = SmartList.New(command.Name, command.Filter.Json(), clock.GetUtcNow());
            db.SmartLists.Add(list);
        }

        list.Show(command.Columns, command.Sort, command.OnlyMine ? actor.Id : null);
        audit.Note("contacts.keep_list", list.Id, new Dictionary<string, string>(StringComparer.Ordinal));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed;
        }

        return list.Id;
    }

    private static Refusal Changed => Refusal.Conflict("list.changed", "Somebody changed this list while you had it open. What you chose is still below; open the list in another window, compare, and save again to keep yours.");

    private static Refusal Taken => Refusal.Conflict("list.exists", "You already have a smart list with this name.") with
    {
        Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["Name"] = ["You already have a smart list with this name."] },
    };
}

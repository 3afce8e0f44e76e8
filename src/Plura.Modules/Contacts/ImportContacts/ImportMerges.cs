using Npgsql;

namespace Plura.Contacts;

/// <summary>What a file says about people who were there already: compared with what is known of them, and written over exactly that.</summary>
internal sealed class ImportMerges(ImportStage stage, RowEnds ends, bool overwrite, DateOnly ofAge)
{
    private const int Page = 20_000;
    private const int MostShown = 50;

    /// <summary>The first of them by row, for the preview.</summary>
    public Dictionary<int, ContactMerge> Shown { get; } = [];

    /// <param name="goesOn">Called after each page.</param>
    /// <param name="ct">Breaks it off.</param>
    public async Task Compare(Func<Task> goesOn, CancellationToken ct)
    {
        var after = -1;
        for (var read = Page; read == Page;)
        {
            (read, var last) = await Compare(ImportSql.Merges, ct, new("after", after), new("page", Page));
            after = last ?? after;
            await goesOn();
        }
    }

    /// <summary>Whoever was changed by somebody since they were compared is compared once more, and held: nobody's work is written over unseen.</summary>
    /// <param name="companies">Makes the companies that are named now.</param>
    /// <param name="ct">Breaks it off.</param>
    public async Task Write(Func<Task> companies, CancellationToken ct)
    {
        await stage.Execute(ImportSql.Updates, ct);
        var stale = new List<Guid>();
        await using (var command = stage.Command(ImportSql.Stale))
        await using (var rows = await command.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
                stale.Add(rows.GetGuid(0));
        }

        if (stale.Count == 0)
            return;
        await Compare(ImportSql.MergesAgain, ct, new NpgsqlParameter("only", stale.ToArray()));
        await companies();
        await stage.Execute(ImportSql.Updates, ct);
    }

    private async Task<(int Read, int? Last)> Compare(string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        var (merges, read, last) = (new List<ContactMerge>(), 0, (int?)null);
        await using (var command = stage.Command(sql, parameters))
        await using (var rows = await command.ExecuteReaderAsync(ct))
        {
            for (; await rows.ReadAsync(ct); read++)
            {
                var merge = ContactMerge.Of(rows, overwrite, ofAge);
                last = merge.Number;
                if (ends[merge.Number] != RowEnd.Suppressed)
                    ends.Becomes(merge.Number, merge.Changes || merge.MoreTags ? RowEnd.Updated : RowEnd.Unchanged);
                if (Shown.Count < MostShown)
                    Shown[merge.Number] = merge;
                if (merge.Changes)
                    merges.Add(merge);
            }
        }

        await stage.LoadUpdates(merges, ct);
        return (read, last);
    }
}

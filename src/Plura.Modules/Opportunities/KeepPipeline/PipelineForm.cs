using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plura.Opportunities;

/// <summary>The page's form: a pipeline with a row for each stage, as it was typed.</summary>
internal static class PipelineForm
{
    // What is no number is refused by the rules, with everything else that is wrong.
    private const int NoNumber = -1;

    public static KeepPipeline Of(PipelineView pipeline) => new()
    {
        Id = pipeline.Id,
        Version = pipeline.Version,
        Name = pipeline.Name,
        Stages = [.. pipeline.Stages.Select(s => new StageWish { Id = s.Id, Name = s.Name, Color = s.Color, Probability = s.Probability, RottingDays = s.RottingDays, Needs = [.. s.Needs] })],
    };

    public static KeepPipeline Read(Guid? id, IFormCollection form)
    {
        var wish = new KeepPipeline { Id = id, Version = Number(form["Version"]) ?? 0, Name = form["Name"].ToString(), Place = Number(form["Place"]) };
        for (var row = 0; row < KeepPipeline.MostStages + 1 && form.ContainsKey($"Stage:{row}"); row++)
        {
            wish.Stages.Add(new StageWish
            {
                Id = Guid.TryParse(form[$"Id:{row}"], out var stage) ? stage : null,
                Name = form[$"Stage:{row}"].ToString(),
                Color = form[$"Color:{row}"].ToString(),
                Probability = Number(form[$"Probability:{row}"]) ?? 0,
                RottingDays = Number(form[$"Rotting:{row}"]),
                Needs = [.. form[$"Needs:{row}"].OfType<string>()],
            });
        }

        foreach (var key in form.Keys.Where(k => k.StartsWith("MoveTo:", StringComparison.Ordinal)))
        {
            if (Guid.TryParse(key["MoveTo:".Length..], out var from) && Guid.TryParse(form[key], out var to))
                wish.MoveTo[from] = to;
        }

        return wish;
    }

    /// <summary>Adds, moves or takes out a row; nothing is saved yet.</summary>
    public static void Arrange(KeepPipeline wish, string act)
    {
        if (act == "add" && wish.Stages.Count < KeepPipeline.MostStages)
            wish.Stages.Add(new StageWish { Color = "grey", Probability = 50 });
        if (act.Split(':') is not [var what, var text] || Number(text) is not { } row || row < 0 || row >= wish.Stages.Count)
            return;
        var stage = wish.Stages[row];
        wish.Stages.RemoveAt(row);
        if (what == "up" || what == "down")
            wish.Stages.Insert(Math.Clamp(row + (what == "up" ? -1 : 1), 0, wish.Stages.Count), stage);
        else if (what != "remove")
            wish.Stages.Insert(row, stage);
    }

    private static int? Number(string? text) => string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : NoNumber;
}

using Plura.Accounts.Contracts;
using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

public sealed record PipelineSetUp
{
    public required string Name { get; init; }

    public required IReadOnlyList<StageSetUp> Stages { get; init; }
}

public sealed record StageSetUp
{
    public required string Name { get; init; }

    public required string Color { get; init; }

    public required int Probability { get; init; }

    public int? RottingDays { get; init; }

    public required IReadOnlyList<string> Needs { get; init; }
}

/// <summary>Pipelines with their stages; what stands in them stays behind. Stages are known by their names: one that the file lacks goes only if it is empty.</summary>
internal sealed class PipelinesPart(PipelineBook book, KeepPipelineHandler keep) : SnapshotPart<PipelineSetUp>
{
    public override string Name => "pipelines";

    public override string Title => "Pipelines";

    public override int Order => 35;

    public override string Permission => "pipelines.edit";

    public override IReadOnlyList<Type> Travel { get; } = [typeof(Pipeline), typeof(Stage)];

    protected override string NameOf(PipelineSetUp content) => content.Name;

    protected override async Task<IReadOnlyList<(Guid? Id, PipelineSetUp Content)>> Load(CancellationToken ct) =>
        [.. (await book.All(ct)).Select(p => ((Guid?)p.Id, new PipelineSetUp
        {
            Name = p.Name,
            Stages = [.. p.Stages.Select(s => new StageSetUp { Name = s.Name, Color = s.Color, Probability = s.Probability, RottingDays = s.RottingDays, Needs = s.Needs })],
        }))];

    protected override async Task<Refusal?> Put(PipelineSetUp wanted, Guid? here, CancellationToken ct)
    {
        var there = here is null ? null : (await book.All(ct)).First(p => p.Id == here);
        return (await keep.Handle(new KeepPipeline
        {
            Id = here,
            Version = there?.Version ?? 0,
            Name = wanted.Name,
            Stages = [.. wanted.Stages.Select(s => new StageWish
            {
                Id = there?.Stages.FirstOrDefault(t => string.Equals(t.Name, s.Name, StringComparison.OrdinalIgnoreCase))?.Id,
                Name = s.Name,
                Color = s.Color,
                Probability = s.Probability,
                RottingDays = s.RottingDays,
                Needs = [.. s.Needs],
            })],
        }, ct)).Refusal;
    }
}

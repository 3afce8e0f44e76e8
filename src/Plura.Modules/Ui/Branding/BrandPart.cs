using Microsoft.AspNetCore.Components;

namespace Plura.Ui;

/// <summary>A piece of the frame that shows the brand, and shows it anew when a page says later whose it is.</summary>
public abstract class BrandPart : ComponentBase, IDisposable
{
    [Inject] protected Brand Brand { get; set; } = default!;

    protected override void OnInitialized() => Brand.Changed += Again;

    public void Dispose()
    {
        Brand.Changed -= Again;
        GC.SuppressFinalize(this);
    }

    private void Again() => _ = InvokeAsync(StateHasChanged);
}

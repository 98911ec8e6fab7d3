"""The published model at any size, for the scripts beside this one: its own embedding layer from a clone of
zhi-xuan-chen/Reg2RG, a LLaMA of transformers, low-rank additions of peft.

    pip install torch==2.2.2 transformers==4.28.1 peft==0.7.1 accelerate==0.25.0 einops monai==1.3.0 "numpy<2"

The packages that the clone imports without needing them here (torchvision, einops_exts) are replaced by small stand-ins
where they are not installed.
"""

import importlib.util
import sys
import types
from pathlib import Path

import torch
from einops import rearrange
from peft import LoraConfig, get_peft_model
from torch import nn
from transformers import LlamaConfig, LlamaForCausalLM


def _stand_ins():
    if "Model.my_embedding_layer" in sys.modules:
        return
    if importlib.util.find_spec("einops_exts") is None:
        module = types.ModuleType("einops_exts")
        module.rearrange_many = lambda many, pattern, **sizes: [rearrange(t, pattern, **sizes) for t in many]
        sys.modules["einops_exts"] = module
    if importlib.util.find_spec("torchvision") is None:
        module = types.ModuleType("torchvision")
        module.transforms = types.ModuleType("torchvision.transforms")
        sys.modules.update({"torchvision": module, "torchvision.transforms": module.transforms})


class Published(nn.Module):
    """Volumes, masks and ids in, loss out, with the names of the published checkpoint."""

    def __init__(self, clone, embedding, language):
        """clone: folder of the repository; embedding: arguments of its embedding layer; language: of LlamaConfig."""
        super().__init__()
        _stand_ins()
        sys.path.insert(0, str(Path(clone) / "src"))
        from Model.my_embedding_layer import MyEmbedding

        llama = LlamaForCausalLM(LlamaConfig(**language))
        lora = LoraConfig(task_type="CAUSAL_LM", inference_mode=False, r=8, lora_alpha=32, lora_dropout=0.1)
        self.lang_model = get_peft_model(llama, lora)
        self.lang_model.gradient_checkpointing_enable()
        self.lang_model.enable_input_require_grads()
        self.embedding_layer = MyEmbedding(**embedding)
        self.embedding_layer.weight = self.lang_model.get_input_embeddings().weight

    def forward(self, textures, masks, ids, slots, attention, labels):
        """textures, masks: of each region by name [b, 1, 3, x, y, z] and [b, 1, x, y, z], textures also of "image"."""
        embedded = self.embedding_layer(dict(textures), dict(masks), ids, slots)
        return self.lang_model(inputs_embeds=embedded, attention_mask=attention, labels=labels).loss

    def trained(self):
        return {name: p for name, p in self.named_parameters() if p.requires_grad}


class MasterAdamW:
    """AdamW over float32 copies of the trained weights, which the weights follow: what mixed precision training does."""

    def __init__(self, parameters, rate):
        self.parameters = list(parameters)
        self.masters = [p.detach().float().clone().requires_grad_(True) for p in self.parameters]
        self.adam = torch.optim.AdamW(self.masters, lr=rate, betas=(0.9, 0.999), eps=1e-8, weight_decay=0)

    def step(self, rate, clip=1.0):
        """Returns the norm of the gradient before clipping."""
        for parameter, master in zip(self.parameters, self.masters):
            master.grad = parameter.grad.detach().float()
            parameter.grad = None
        norm = torch.nn.utils.clip_grad_norm_(self.masters, clip)
        self.adam.param_groups[0]["lr"] = rate
        self.adam.step()
        with torch.no_grad():
            for parameter, master in zip(self.parameters, self.masters):
                parameter.copy_(master)
        return float(norm)
